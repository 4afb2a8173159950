using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace CoatLine.Architecture.Tests;

/// <summary>
/// Which namespace may know which. Types of the platform are included, or a rule about them holds on nothing.
/// </summary>
internal static class NamespaceRules
{
    /// <summary>The product as it was built, and this assembly with its broken fixtures.</summary>
    public static readonly ArchUnitNET.Domain.Architecture Product = new ArchLoader()
        .LoadAssemblies([.. ReferenceMap.Projects.Keys.Select(LoadProduct), typeof(NamespaceRules).Assembly])
        .Build();

    /// <summary>Types of one namespace (and below) must not depend on types of another (and below).</summary>
    public static IArchRule MustNotKnow(string from, string to) => Types()
        .That().ResideInNamespaceMatching(Below(from))
        .Should().NotDependOnAny(Types(includeReferenced: true).That().ResideInNamespaceMatching(Below(to)))
        .WithoutRequiringPositiveResults();

    /// <summary>Types of one namespace (and below) must not depend on one type of the platform.</summary>
    public static IArchRule MustNotUse(string from, Type type) => Types()
        .That().ResideInNamespaceMatching(Below(from))
        .Should().NotDependOnAny(Types(includeReferenced: true).That().HaveFullName(type.FullName!))
        .WithoutRequiringPositiveResults();

    /// <summary>Public interfaces that an assembly declares.</summary>
    public static IEnumerable<string> PublicInterfaces(Assembly assembly) =>
        assembly.GetTypes()
            .Where(static t => t is { IsInterface: true, IsVisible: true })
            .Select(static t => t.FullName!);

    public static Assembly LoadProduct(string project) =>
        Assembly.Load(new System.Reflection.AssemblyName(project == "CoatLine.Cli" ? "coatline" : project));

    private static string Below(string name) => $"^{name.Replace(".", "\\.", StringComparison.Ordinal)}(\\.|$)";
}
