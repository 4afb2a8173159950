using ArchUnitNET.Fluent;

namespace CoatLine.Architecture.Tests;

[TestFixture]
internal sealed class NamespaceRulesTests
{
    private const string BrokenClient = "CoatLine.Architecture.Tests.Fixtures.Client";
    private const string BrokenServer = "CoatLine.Architecture.Tests.Fixtures.Server";

    /// <summary>
    /// The seams: the line as the engine sees it, the connection as the equipment sees it. The others are no seams but
    /// what OPC 10000-6 makes alike: structures that encode themselves, and the two directions of a service.
    /// </summary>
    private static readonly string[] Seams =
    [
        "CoatLine.Domain.Execution.ILine",
        "CoatLine.Equipment.Connection.ILineConnection",
        "CoatLine.Ledger.ILedgerReader",
        "CoatLine.Ledger.ILedgerWriter",
        "CoatLine.OpcUa.IUaStructure",
        "CoatLine.OpcUa.IUaStructure`1",
        "CoatLine.OpcUa.Services.IUaRequest",
        "CoatLine.OpcUa.Services.IUaResponse",
    ];

    // Encoding and types stand below transport, which stands below both ends; the ends do not know each other.
    [TestCase("CoatLine.OpcUa.Client", "CoatLine.OpcUa.Server")]
    [TestCase("CoatLine.OpcUa.Server", "CoatLine.OpcUa.Client")]
    [TestCase("CoatLine.OpcUa.Encoding", "CoatLine.OpcUa.Transport")]
    [TestCase("CoatLine.OpcUa.Encoding", "CoatLine.OpcUa.Client")]
    [TestCase("CoatLine.OpcUa.Encoding", "CoatLine.OpcUa.Server")]
    [TestCase("CoatLine.OpcUa.Transport", "CoatLine.OpcUa.Client")]
    [TestCase("CoatLine.OpcUa.Transport", "CoatLine.OpcUa.Server")]
    // The domain is pure: no disk, no network, no process.
    [TestCase("CoatLine.Domain", "System.Net")]
    [TestCase("CoatLine.Domain", "Microsoft.Data")]
    [TestCase("CoatLine.Engine", "System.Net")]
    // Recipes are read with YAML; nothing else in the domain knows it.
    [TestCase("CoatLine.Domain.Rules", "YamlDotNet")]
    [TestCase("CoatLine.Domain.Execution", "YamlDotNet")]
    [TestCase("CoatLine.Domain.Events", "YamlDotNet")]
    // Rules and quantities are the ground; they do not know who asks them.
    [TestCase("CoatLine.Domain.Quantities", "CoatLine.Domain.Rules")]
    [TestCase("CoatLine.Domain.Rules", "CoatLine.Domain.Events")]
    [TestCase("CoatLine.Domain.Rules", "CoatLine.Domain.Execution")]
    public void Namespace_AsItStands_DoesNotKnow(string from, string to) =>
        AssertHolds(NamespaceRules.MustNotKnow(from, to));

    [TestCase("CoatLine.Domain", typeof(File))]
    [TestCase("CoatLine.Domain", typeof(Environment))]
    [TestCase("CoatLine.Domain", typeof(System.Diagnostics.Process))]
    [TestCase("CoatLine.Simulator", typeof(Environment))]
    public void Namespace_AsItStands_DoesNotUse(string from, Type type) =>
        AssertHolds(NamespaceRules.MustNotUse(from, type));

    [Test]
    public void MustNotKnow_ADependencyInside_Fails() =>
        AssertBroken(NamespaceRules.MustNotKnow(BrokenClient, BrokenServer));

    [Test]
    public void MustNotKnow_ADependencyOnThePlatform_Fails() =>
        AssertBroken(NamespaceRules.MustNotKnow(BrokenClient, "System.Net"));

    [Test]
    public void MustNotUse_ATypeOfThePlatform_Fails() =>
        AssertBroken(NamespaceRules.MustNotUse(BrokenClient, typeof(File)));

    [Test]
    public void PublicInterfaces_AsTheyStand_AreAtTrueSeams() =>
        Assert.That(
            ReferenceMap.Projects.Keys.SelectMany(
                static p => NamespaceRules.PublicInterfaces(NamespaceRules.LoadProduct(p))),
            Is.EquivalentTo(Seams));

    [Test]
    public void PublicInterfaces_AnInterfaceWithoutASeam_IsSeen() =>
        Assert.That(
            NamespaceRules.PublicInterfaces(typeof(NamespaceRulesTests).Assembly),
            Is.EqualTo([BrokenServer + ".IBrokenServer"]));

    private static void AssertHolds(IArchRule rule) =>
        Assert.That(
            rule.Evaluate(NamespaceRules.Product).Where(static r => !r.Passed).Select(static r => r.Description),
            Is.Empty);

    private static void AssertBroken(IArchRule rule) =>
        Assert.That(rule.Evaluate(NamespaceRules.Product).Any(static r => !r.Passed), Is.True);
}
