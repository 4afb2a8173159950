using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>Our policies against octets that another implementation of the algorithms made (node's crypto, which is
/// OpenSSL's, with the framing written down from OPC 10000-6 §6.7 apart from ours).</summary>
internal sealed class PolicyVectorsTests
{
    private const string Signed =
        "4D5347463F00000001000000020000000700000009000000636F6174696E67"
        + "2C0ABD8E766DBE3F89F3F0404A3D308B88E4AED33F1CDF1879440DB95302E229";

    private const string Encrypted256 =
        "4D5347464000000001000000020000009154476950BC5C1622118DEA6F30CA90"
        + "ACF3976ACC4035FE41C99D48ED58C6E86CD8AE8F88ACE4F065D26C9A931AA386";

    private const string Encrypted128 =
        "4D534746400000000100000002000000276A19FD5430E5D8DA9C5183A13DAA86"
        + "2133DE941015366ED173BA94F9E92F507FE1D4C5B4FE3C5D511DC7D79954B713";

    private static readonly byte[] ClientNonce = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] ServerNonce = [.. Enumerable.Range(0, 32).Select(i => (byte)(255 - i))];

    private static AsymmetricVectors Asymmetric => AsymmetricVectors.Known;

    private static IEnumerable<TestCaseData> Frames() => Asymmetric.Frames.Select(
        f => new TestCaseData(f).SetArgDisplayNames(f.Policy, $"{f.ClientBits}", $"{f.ServerBits}"));

    private static IEnumerable<TestCaseData> Secrets() => Asymmetric.Secrets.Select(
        s => new TestCaseData(s).SetArgDisplayNames(s.Policy, $"{s.ServerBits}"));

    [Test]
    public void KeyStream_OfTwoNonces_IsTheIndependentOne()
    {
        var keys = new byte[80];
        PSha256.Fill(ServerNonce, ClientNonce, keys);
        Assert.That(Convert.ToHexString(keys), Is.EqualTo(
            "529701630D2BDB77E4208C0541E17F967D0DB2158042000A45AA018AAE220970"
            + "B799C81BFCB6F05A0964E2EAD0CEE209FA264E95DC6135A2F6B4DB827596153A"
            + "3E0549174BDBAAFBB28FDFA95D47E7B2"));
    }

    [TestCase("Basic256Sha256", MessageSecurityMode.Sign, Signed)]
    [TestCase("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign, Signed)]
    [TestCase("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign, Signed)]
    [TestCase("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, Encrypted256)]
    [TestCase("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, Encrypted128)]
    [TestCase("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, Encrypted256)]
    public void Frame_OfAClient_IsTheIndependentOneAndTheServerOpensIt(
        string name, MessageSecurityMode mode, string expected)
    {
        var policy = UaSecurityPolicy.All.Single(p => p.Name == name);
        var sends = SymmetricProtection.Derive(policy, mode, ServerNonce, ClientNonce, isSender: true);
        var receives = SymmetricProtection.Derive(policy, mode, ServerNonce, ClientNonce, isSender: false);

        // Twice, since every frame begins with the same initialization vector.
        for (var round = 0; round < 2; round++)
        {
            var buffer = new byte[256];
            new byte[] { 1, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0 }.CopyTo(buffer, 8);
            "coating"u8.CopyTo(buffer.AsSpan(24));
            var header = new ChunkHeader(MessageType.Message, ChunkType.Final, 0);
            var length = ChunkSeal.Close(buffer, header, ChunkSeal.SymmetricHeaderLength, 7, sends);
            Assert.That(Convert.ToHexString(buffer.AsSpan(0, length)), Is.EqualTo(expected));
            var opened = ChunkSeal.Open(buffer.AsMemory(0, length), ChunkSeal.SymmetricHeaderLength, receives);
            Assert.That((opened.SequenceNumber, opened.RequestId), Is.EqualTo((7u, 9u)));
            Assert.That(Encoding.ASCII.GetString(opened.Body.Span), Is.EqualTo("coating"));
        }
    }

    [TestCaseSource(nameof(Frames))]
    public void Open_OfAnIndependentClient_IsReadByOurServer(FrameVector vector)
    {
        using var client = Asymmetric.Certificate($"client{vector.ClientBits}");
        using var server = Asymmetric.Certificate($"server{vector.ServerBits}");
        using var policy = new SecuredPolicy(
            UaSecurityPolicy.All.Single(p => p.Name == vector.Policy), server, server.RawDataMemory, client);
        policy.CheckHeader(AsymmetricHeader.Read(vector.Frame, out var headerLength));
        var opened = ChunkSeal.Open(vector.Frame.ToArray(), headerLength, policy.AsymmetricReceive);
        Assert.That((opened.SequenceNumber, opened.RequestId), Is.EqualTo((7u, 9u)));
        Assert.That(Encoding.ASCII.GetString(opened.Body.Span), Is.EqualTo("the body of OPN, of any length"));
    }

    [TestCaseSource(nameof(Secrets))]
    public void Secret_OfAnIndependentClient_IsReadByOurServer(SecretVector vector)
    {
        using var server = Asymmetric.Certificate($"server{vector.ServerBits}");
        using var key = server.GetRSAPrivateKey()!;
        var policy = UaSecurityPolicy.All.Single(p => p.Name == vector.Policy);
        Assert.That(
            TokenSecret.Decrypt(policy, key, vector.Cipher, ClientNonce),
            Is.EqualTo(Encoding.ASCII.GetBytes(new string('a', 300))));
        Assert.That(TokenSecret.Decrypt(policy, key, vector.Cipher, ServerNonce), Is.Null, "another nonce");
        vector.Cipher[^1] ^= 1;
        Assert.That(TokenSecret.Decrypt(policy, key, vector.Cipher, ClientNonce), Is.Null, "changed");
    }
}

/// <summary>What stands in vectors/asymmetric.json.</summary>
internal sealed record AsymmetricVectors(
    Dictionary<string, KeyVector> Keys, FrameVector[] Frames, SecretVector[] Secrets)
{
    public static AsymmetricVectors Known { get; } = Load();

    public X509Certificate2 Certificate(string name)
    {
        using var key = Key(name);
        using var bare = X509CertificateLoader.LoadCertificate(Keys[name].Certificate);
        return bare.CopyWithPrivateKey(key);
    }

    public RSA Key(string name)
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Keys[name].PrivateKey, out _);
        return key;
    }

    private static AsymmetricVectors Load()
    {
        using var stream = typeof(AsymmetricVectors).Assembly.GetManifestResourceStream("asymmetric.json")!;
        return JsonSerializer.Deserialize<AsymmetricVectors>(stream, JsonSerializerOptions.Web)!;
    }
}

internal sealed record KeyVector(byte[] Certificate, byte[] PrivateKey);

internal sealed record FrameVector(string Policy, int ClientBits, int ServerBits, byte[] Frame);

internal sealed record SecretVector(string Policy, int ServerBits, byte[] Cipher);
