using System.Security.Cryptography;

namespace CoatLine.OpcUa.Tests.Pki;

/// <summary>Keys that all tests share, made once when they are first asked for: making one costs time.</summary>
internal static class Keys
{
    private static readonly Lazy<RSA> LazyLeaf = new(static () => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyOther = new(static () => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyRoot = new(static () => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyMiddle = new(static () => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyShort = new(static () => RSA.Create(1024));

    public static RSA Leaf => LazyLeaf.Value;

    public static RSA Other => LazyOther.Value;

    public static RSA Root => LazyRoot.Value;

    public static RSA Middle => LazyMiddle.Value;

    public static RSA Short => LazyShort.Value;
}
