using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.Hosting;

/// <summary>Which OPC UA stack connects to the line.</summary>
public enum OpcUaStack
{
    /// <summary>Our own.</summary>
    CoatLine,

    /// <summary>The OPC Foundation's, where the program was built with it.</summary>
    Foundation,
}

/// <summary>How the connection to the line is secured: configuration section <c>CoatLine:OpcUa</c>. Without any setting
/// it is signed and encrypted with the strongest policy that the line offers.</summary>
public sealed class OpcUaOptions
{
    /// <summary>Environment variable that holds the password of <see cref="UserName"/>; it goes before
    /// <see cref="PasswordFile"/>.</summary>
    public const string PasswordVariable = "COATLINE_OPCUA_PASSWORD";

    /// <summary>Largest password file, bytes.</summary>
    public const int MaxPasswordBytes = 1024;

    /// <summary>Whether the line may be connected without security where it offers nothing else; default false. When it
    /// is set, every start warns of it.</summary>
    public bool AllowInsecure { get; set; }

    /// <summary>The one policy to connect with, by its name, e.g. <c>Basic256Sha256</c>; null (default) takes the
    /// strongest that the line offers. <c>None</c> needs <see cref="AllowInsecure"/>.</summary>
    public string? SecurityPolicy { get; set; }

    /// <summary><c>Sign</c> or <c>SignAndEncrypt</c>; null (default) takes encryption where the line offers it.
    /// </summary>
    public string? SecurityMode { get; set; }

    /// <summary>Certificate store; null (default) is <c>pki/mes</c> in the data folder.</summary>
    public string? PkiDirectory { get; set; }

    /// <summary>Unique name of this installation; null (default) is the one in the store's own certificate, else a new
    /// one from the names of host and line.</summary>
    public string? ApplicationUri { get; set; }

    /// <summary>Whether the line's certificate must name the host in the endpoint; default true.</summary>
    public bool CheckHostName { get; set; } = true;

    /// <summary>Whether an authority without a revocation list makes its certificates fail; default true. A certificate
    /// on a list is never accepted.</summary>
    public bool RequireRevocationList { get; set; } = true;

    /// <summary>User at the line's server; null (default) is anonymous.</summary>
    public string? UserName { get; set; }

    /// <summary>File whose one line is the password, for nobody but its owner to read; see also
    /// <see cref="PasswordVariable"/>. The password itself is never a setting.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Default <see cref="OpcUaStack.CoatLine"/>.</summary>
    public OpcUaStack Stack { get; set; }

    /// <summary>Every wrong setting as a sentence that begins with its name; empty when all are right.</summary>
    public IEnumerable<string> Errors()
    {
        if (SecurityPolicy is not null && Policy is null)
        {
            yield return $"OpcUa:SecurityPolicy is '{SecurityPolicy}'; it must be one of "
                + string.Join(", ", UaSecurityPolicy.All.Select(static p => p.Name));
        }

        if (Policy is { IsNone: true } && !AllowInsecure)
        {
            yield return "OpcUa:SecurityPolicy is 'None', which OpcUa:AllowInsecure does not allow";
        }

        if (SecurityMode is not null && Mode == MessageSecurityMode.Invalid)
        {
            yield return $"OpcUa:SecurityMode is '{SecurityMode}'; it must be Sign or SignAndEncrypt";
        }

        if (PkiDirectory is not null && (string.IsNullOrWhiteSpace(PkiDirectory) || PkiDirectory.Contains('\0')))
        {
            yield return $"OpcUa:PkiDirectory is '{PkiDirectory}'; it must be a folder";
        }

        if (ApplicationUri is not null)
        {
            foreach (string error in new ApplicationIdentity(ApplicationUri, LineAccess.ApplicationName, []).Errors())
            {
                yield return $"OpcUa:{error}";
            }
        }

        if (!Enum.IsDefined(Stack))
        {
            yield return $"OpcUa:Stack is '{Stack}'; it must be CoatLine or Foundation";
        }

        foreach (string error in new LinePassword(this).Errors())
        {
            yield return error;
        }
    }

    internal UaSecurityPolicy? Policy => UaSecurityPolicy.All.FirstOrDefault(
        p => p.Name.Equals(SecurityPolicy, StringComparison.OrdinalIgnoreCase));

    internal MessageSecurityMode Mode => SecurityMode?.ToUpperInvariant() switch
    {
        "SIGN" => MessageSecurityMode.Sign,
        "SIGNANDENCRYPT" => MessageSecurityMode.SignAndEncrypt,
        _ => MessageSecurityMode.Invalid,
    };
}
