using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Security;

/// <summary>Who a client says that its user is (OPC 10000-4 §7.41). Immutable; never shows the password.</summary>
public sealed class UserIdentity
{
    private UserIdentity(UserTokenType type) => Type = type;

    /// <summary>Nobody in particular.</summary>
    public static UserIdentity Anonymous { get; } = new(UserTokenType.Anonymous);

    /// <summary>Kind of identification.</summary>
    public UserTokenType Type { get; }

    /// <summary>The user's name, or the subject of his certificate; empty when anonymous.</summary>
    public string Name { get; private init; } = "";

    internal string Password { get; private init; } = "";

    internal X509Certificate2? Key { get; private init; }

    /// <summary>A user with a password.</summary>
    /// <param name="name">Name, one character or more.</param>
    /// <param name="password">Password, maybe empty.</param>
    public static UserIdentity UserName(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(password);
        return new UserIdentity(UserTokenType.UserName) { Name = name, Password = password };
    }

    /// <summary>A user with a certificate.</summary>
    /// <param name="certificate">The certificate with its RSA private key; the caller keeps it alive.</param>
    /// <exception cref="ArgumentException">It has no private key.</exception>
    public static UserIdentity Certificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.HasPrivateKey
            ? new UserIdentity(UserTokenType.Certificate) { Name = certificate.Subject, Key = certificate }
            : throw new ArgumentException("The user's certificate has no private key.", nameof(certificate));
    }

    /// <inheritdoc/>
    public override string ToString() => Type == UserTokenType.Anonymous ? "anonymous" : $"{Type} '{Name}'";
}
