using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CoatLine.Cli.Commands;
using CoatLine.Cli.Output;
using CoatLine.OpcUa.Pki;
using Spectre.Console.Testing;

namespace CoatLine.Cli.Tests;

/// <summary>What <c>coatline pki</c> does to a store and what it answers.</summary>
[TestFixture]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PkiCommandTests : IDisposable
{
    private static readonly Lazy<RSA> Key = new(static () => RSA.Create(2048));
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coatline-cli-pki-");
    private readonly PkiStore _store;
    private readonly X509Certificate2 _plc = Certificate("PLC 1", 400);

    public PkiCommandTests() => _store = new PkiStore(Path.Combine(_folder.FullName, "store"), TimeProvider.System);

    private string Pki => _store.Root;

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Trust_OfARejectedThumbprint_MovesItAndRejectMovesItBack()
    {
        _store.KeepRejected(_plc);
        string spoken = string.Join(':', _plc.Thumbprint.ToLowerInvariant().Chunk(2).Select(static c => new string(c)));

        JsonElement trusted = await AnswerAsync("trust", spoken);
        int inTrusted = _store.Entries(PkiFolder.Trusted).Count;
        JsonElement rejected = await AnswerAsync("reject", _plc.Thumbprint[..CertificateChoice.ShortestPrefix]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trusted.GetProperty("list").GetString(), Is.EqualTo("trusted"));
            Assert.That(trusted.GetProperty("thumbprint").GetString(), Is.EqualTo(_plc.Thumbprint));
            Assert.That(inTrusted, Is.EqualTo(1));
            Assert.That(rejected.GetProperty("list").GetString(), Is.EqualTo("rejected"));
            Assert.That(_store.Entries(PkiFolder.Trusted), Is.Empty);
            Assert.That(_store.Entries(PkiFolder.Rejected), Has.Count.EqualTo(1));
        }
    }

    [TestCase("trusted")]
    [TestCase("issuer", "--issuer")]
    public async Task Trust_OfAPemFile_AddsItToTheListThatIsMeant(string list, params string[] more)
    {
        string file = Path.Combine(_folder.FullName, "plc.pem");
        File.WriteAllText(file, _plc.ExportCertificatePem());

        JsonElement answer = await AnswerAsync(["trust", file, .. more]);
        JsonElement again = await AnswerAsync(["trust", file, .. more]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.GetProperty("list").GetString(), Is.EqualTo(list));
            Assert.That(again.GetProperty("file").GetString(), Is.EqualTo(answer.GetProperty("file").GetString()));
            Assert.That(Directory.GetFiles(Path.Combine(Pki, list, "certs")), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task List_AndShow_AnswerWithWhatTheStoreHolds()
    {
        _store.Add(PkiFolder.Trusted, _plc);
        _store.KeepRejected(Certificate("Stranger", 100));
        File.WriteAllText(Path.Combine(Pki, "trusted", "certs", "broken.der"), "rubbish");

        JsonElement[] all = [.. (await AnswerAsync("list")).GetProperty("certificates").EnumerateArray()];
        JsonElement one = await AnswerAsync("show", _plc.GetCertHashString(HashAlgorithmName.SHA256));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                all.Select(static c => c.GetProperty("list").GetString()),
                Is.EqualTo(["trusted", "trusted", "rejected"]));
            Assert.That(
                all.Select(static c => c.GetProperty("problem").GetString() is not null),
                Is.EqualTo([false, true, false]));
            Assert.That(one.GetProperty("application_uri").GetString(), Is.EqualTo("urn:plant:plc"));
            Assert.That(one.GetProperty("hosts")[0].GetString(), Is.EqualTo("plc.plant"));
            Assert.That(one.GetProperty("key_bits").GetInt32(), Is.EqualTo(2048));
        }
    }

    [TestCase("name all 40", "trust", "0123456789ABCDEF", TestName = "Trust_OfAPartOfAThumbprint_IsBadInput")]
    [TestCase("has the thumbprint", "trust", "0123456789ABCDEF0123456789ABCDEF01234567",
        TestName = "Trust_OfAThumbprintThatNobodyShowed_IsBadInput")]
    [TestCase("neither a file nor a thumbprint of 8 to 64", "trust", "plc.der",
        TestName = "Trust_OfAFileThatIsNotThere_IsBadInput")]
    [TestCase("it must be 8 to 64 hexadecimal", "reject", "0123456", TestName = "Reject_OfSevenDigits_IsBadInput")]
    [TestCase("has the thumbprint", "reject", "01234567", TestName = "Reject_OfAnUnknownThumbprint_IsBadInput")]
    [TestCase("no X.509 certificate", "trust", "FILE", TestName = "Trust_OfAFileThatIsNoCertificate_IsBadInput")]
    public async Task BadInput(string named, params string[] arguments)
    {
        _store.Add(PkiFolder.Trusted, _plc);
        string file = Path.Combine(_folder.FullName, "rubbish.der");
        File.WriteAllText(file, "rubbish");

        CommandFailedException? failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => AnswerAsync([.. arguments.Select(a => a == "FILE" ? file : a)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Code, Is.EqualTo(ExitCode.BadInput));
            Assert.That(failure.Message, Does.Contain(named));
            Assert.That(_store.Entries(PkiFolder.Trusted), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task List_OfAFolderThatIsNotThere_NamesTheFolderAndTheCure()
    {
        CommandFailedException? failure =
            await Assert.ThrowsAsync<CommandFailedException>(() => AnswerAsync("list"));

        Assert.That(failure!.Message, Does.Contain(Pki).And.Contain("--pki"));
    }

    [Test]
    public void Table_OfAStoreInEveryState_FitsAnOrdinaryTerminalAndMovesNoCursor()
    {
        _store.Add(PkiFolder.Trusted, _plc);
        _store.Add(PkiFolder.Trusted, Certificate("PLC 2, about to end", 29));
        _store.Add(PkiFolder.Trusted, Certificate("PLC 3, ended", -1));
        _store.KeepRejected(Certificate("Stranger\u001b[2J", 100));
        using TestConsole console = new();
        console.Profile.Width = 100;
        console.Profile.Height = 40;

        CertificateText.DrawList(
            console, Pki, [.. Enum.GetValues<PkiFolder>().SelectMany(_store.Entries)], Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(console.Output, Does.Contain(_plc.Thumbprint).And.Contain("PLC 2, about to end"));
            Assert.That(console.Output, Does.Contain("0 own, 3 trusted, 0 issuer, 1 rejected"));
            Assert.That(console.Output, Does.Not.Contain("\u001b[2J"));
        }
    }

    [TestCase(31, "")]
    [TestCase(29, "days left")]
    [TestCase(-1, "ended")]
    public void Picture_OfACertificate_SaysWhenItsEndIsNear(int days, string remark)
    {
        X509Certificate2 certificate = Certificate("PLC", days);
        using TestConsole console = new();
        console.Profile.Width = 160;

        CertificateText.Draw(console, new(PkiFolder.Trusted, "plc.der", certificate, null), "trusted", Now);

        string valid = console.Output.Split('\n').Single(static l => l.StartsWith("Valid", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(valid.Contains(',', StringComparison.Ordinal), Is.EqualTo(remark.Length > 0));
            Assert.That(valid, Does.Contain(remark));
            Assert.That(console.Output, Does.Contain("urn:plant:plc").And.Contain("RSA 2048 bit"));
        }
    }

    private async Task<JsonElement> AnswerAsync(params string[] arguments)
    {
        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            int code = await CommandTree.Build(TimeProvider.System)
                .Parse(["pki", .. arguments, "--pki", Pki, "--json"])
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            Assert.That(code, Is.EqualTo(ExitCode.Done));
        }
        finally
        {
            Console.SetOut(before);
        }

        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private static X509Certificate2 Certificate(string name, int daysLeft)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        CertificateRequest request =
            new(subject.Build(), Key.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddUri(new Uri("urn:plant:plc"));
        names.AddDnsName("plc.plant");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(Now.AddDays(-200), Now.AddDays(daysLeft));
    }
}
