using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>The kinds of security that a server offers for sessions, and how users identify themselves with each
/// (OPC 10000-4 §7.14). Immutable.</summary>
internal sealed class ServerEndpoints
{
    public const string AnonymousPolicyId = "anonymous";

    public const string BinaryProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    private const string UserNamePolicyId = "username";
    private const string CertificatePolicyId = "certificate";

    /// <summary>Every mode outranks any policy of the mode below it.</summary>
    private const int LevelsPerMode = 10;

    private readonly UaServerOptions options;

    /// <summary>Throws <see cref="ArgumentException"/> when the options leave no endpoint.</summary>
    public ServerEndpoints(UaServerOptions options)
    {
        this.options = options;
        var secured = options.Pki is null
            ? []
            : from mode in options.SecurityModes
              from policy in options.Policies
              where !policy.IsNone && mode is MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt
              select (policy, mode);
        All =
        [
            .. secured.OrderByDescending(e => Level(e.policy, e.mode)),
            .. options.AllowInsecure ? [(UaSecurityPolicy.None, MessageSecurityMode.None)]
                : Array.Empty<(UaSecurityPolicy, MessageSecurityMode)>(),
        ];
        if (All.Count == 0)
        {
            throw new ArgumentException(
                "The server has no endpoint: it needs Pki with a policy and a mode, or AllowInsecure.",
                nameof(options));
        }
    }

    /// <summary>The endpoints, the strongest first.</summary>
    public IReadOnlyList<(UaSecurityPolicy Policy, MessageSecurityMode Mode)> All { get; }

    public bool Has(string policyUri, MessageSecurityMode mode) =>
        All.Any(e => e.Policy.Uri == policyUri && e.Mode == mode);

    public EndpointDescription[] Describe(string url, ApplicationDescription application) =>
    [
        .. All.Select(e => new EndpointDescription
        {
            EndpointUrl = url,
            Server = application,

            // With policy None it is there for the encryption of passwords.
            ServerCertificate = options.Pki?.Own.Chain.ToArray(),
            SecurityMode = e.Mode,
            SecurityPolicyUri = e.Policy.Uri,
            UserIdentityTokens = Tokens(e.Policy),
            TransportProfileUri = BinaryProfile,
            SecurityLevel = (byte)Level(e.Policy, e.Mode),
        }),
    ];

    /// <summary>How users may identify themselves on a channel with this policy. On one without keys the tokens name a
    /// policy of their own: neither a password nor the proof of a key is ever taken in the clear.</summary>
    public UserTokenPolicy[] Tokens(UaSecurityPolicy policy)
    {
        var tokens = new List<UserTokenPolicy>();
        if (options.AllowAnonymous)
        {
            tokens.Add(new UserTokenPolicy { PolicyId = AnonymousPolicyId, TokenType = UserTokenType.Anonymous });
        }

        var own = policy.IsNone ? options.Policies.FirstOrDefault(p => !p.IsNone) : null;
        if (options.Pki is null || (policy.IsNone && own is null))
        {
            return [.. tokens];
        }

        void Add(string id, UserTokenType type) => tokens.Add(new UserTokenPolicy
        {
            PolicyId = own is null ? id : $"{id}_{own.Name}",
            TokenType = type,
            SecurityPolicyUri = own?.Uri,
        });

        if (options.CheckUser is not null)
        {
            Add(UserNamePolicyId, UserTokenType.UserName);
        }

        if (options.UserCertificates is not null)
        {
            Add(CertificatePolicyId, UserTokenType.Certificate);
        }

        return [.. tokens];
    }

    private static int Level(UaSecurityPolicy policy, MessageSecurityMode mode) => mode switch
    {
        MessageSecurityMode.SignAndEncrypt => (2 * LevelsPerMode) + policy.Strength,
        MessageSecurityMode.Sign => LevelsPerMode + policy.Strength,
        _ => 0,
    };
}
