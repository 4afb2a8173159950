namespace CoatLine.Architecture.Tests;

/// <summary>
/// The map of the product: which project may refer to which, and which project fences which package. A change of it
/// comes with a page in src/decisions.
/// </summary>
internal static class ReferenceMap
{
    public static readonly IReadOnlyDictionary<string, string[]> Projects = new Dictionary<string, string[]>
    {
        ["CoatLine.Domain"] = [],
        ["CoatLine.OpcUa"] = [],
        ["CoatLine.Equipment"] = ["CoatLine.Domain", "CoatLine.OpcUa"],
        ["CoatLine.Engine"] = ["CoatLine.Domain"],
        ["CoatLine.Ledger"] = ["CoatLine.Domain"],
        ["CoatLine.Plots"] = ["CoatLine.Domain"],
        ["CoatLine.Messaging"] = ["CoatLine.Domain", "CoatLine.Engine", "CoatLine.Ledger"],
        ["CoatLine.Simulator"] = ["CoatLine.OpcUa"],
        ["CoatLine.Hosting"] =
        [
            "CoatLine.Domain", "CoatLine.OpcUa", "CoatLine.Equipment", "CoatLine.Engine", "CoatLine.Ledger",
            "CoatLine.Messaging",
        ],
        ["CoatLine.Cli"] =
        [
            "CoatLine.Domain", "CoatLine.OpcUa", "CoatLine.Equipment", "CoatLine.Engine", "CoatLine.Ledger",
            "CoatLine.Messaging", "CoatLine.Simulator", "CoatLine.Hosting", "CoatLine.Plots",
            "CoatLine.OpcUa.Foundation",
        ],
    };

    /// <summary>
    /// Projects that are built only when asked for, since their package is not to be had everywhere: they stand outside
    /// the solution, and only a reference with a condition may lead to them.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> OptIn = new Dictionary<string, string[]>
    {
        ["CoatLine.OpcUa.Foundation"] = ["CoatLine.Domain", "CoatLine.OpcUa", "CoatLine.Equipment"],
    };

    /// <summary>
    /// A package stands behind a fence: only these projects may refer to it. Others are free of packages.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> Packages = new Dictionary<string, string[]>
    {
        ["YamlDotNet"] = ["CoatLine.Domain"],
        ["Dapper"] = ["CoatLine.Engine", "CoatLine.Ledger"],
        ["Microsoft.Data.Sqlite"] = ["CoatLine.Engine", "CoatLine.Ledger"],
        ["Npgsql"] = ["CoatLine.Ledger"],
        ["dbup-postgresql"] = ["CoatLine.Ledger"],
        ["MassTransit"] = ["CoatLine.Messaging"],
        ["MassTransit.RabbitMQ"] = ["CoatLine.Messaging"],
        ["RabbitMQ.Client"] = ["CoatLine.Messaging"],
        ["Microsoft.Extensions.Logging.Abstractions"] =
            ["CoatLine.Engine", "CoatLine.Equipment", "CoatLine.Messaging", "CoatLine.OpcUa.Foundation"],
        ["OPCFoundation.NetStandard.Opc.Ua.Client"] = ["CoatLine.OpcUa.Foundation"],
        ["Microsoft.Extensions.DependencyInjection.Abstractions"] = ["CoatLine.Messaging"],
        ["Microsoft.Extensions.Hosting.Abstractions"] = ["CoatLine.Messaging"],
        ["Microsoft.Extensions.Hosting"] = ["CoatLine.Hosting", "CoatLine.Cli"],
        ["ScottPlot"] = ["CoatLine.Plots"],
        ["SkiaSharp"] = ["CoatLine.Plots"],
        ["SkiaSharp.HarfBuzz"] = ["CoatLine.Plots"],
        ["SkiaSharp.NativeAssets.Linux.NoDependencies"] = ["CoatLine.Plots"],
        ["HarfBuzzSharp.NativeAssets.Linux"] = ["CoatLine.Plots"],
        ["System.CommandLine"] = ["CoatLine.Cli"],
        ["Spectre.Console"] = ["CoatLine.Cli"],
    };

    /// <summary>Every reference that the map does not allow, as a sentence.</summary>
    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects)
    {
        foreach (ProjectFile project in projects.Where(static p => p.IsProduct))
        {
            if (!Projects.TryGetValue(project.Name, out string[]? allowed)
                && !OptIn.TryGetValue(project.Name, out allowed))
            {
                yield return $"{project.Name} is not on the map: a new project needs a decision page";
                continue;
            }

            foreach (string reference in project.Projects.Except(allowed))
            {
                yield return $"{project.Name} refers to {reference}";
            }

            foreach (string package in project.Packages)
            {
                if (!Packages.TryGetValue(package, out string[]? holders) || !holders.Contains(project.Name))
                {
                    yield return $"{project.Name} refers to the package {package}";
                }
            }
        }
    }
}
