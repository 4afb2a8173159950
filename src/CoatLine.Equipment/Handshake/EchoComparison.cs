using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Compares what a unit has latched with what was meant.</summary>
internal static class EchoComparison
{
    /// <summary>
    /// Every difference, the phase first. Doubles compare exactly: the echo is a copy, so the least difference means
    /// that it is a copy of something else. A value whose status is not Good is a difference.
    /// </summary>
    public static IReadOnlyList<EchoDifference> Differences(PhaseRequest request, TagValues echoed)
    {
        var differences = new List<EchoDifference>();
        Add(differences, "Phase", (int)request.Phase, echoed[CommonTags.ActivePhase]);
        foreach (PhaseParameter parameter in request.Parameters)
        {
            Add(differences, parameter.Name, parameter.Value, echoed["Active." + parameter.Name]);
        }

        return differences;
    }

    private static void Add(List<EchoDifference> differences, string name, object meant, DataValue echoed)
    {
        object? value = echoed.Value.Value;
        if (!TagQuality.IsGood(echoed.Status))
        {
            differences.Add(new EchoDifference(name, Text(meant), echoed.Status.ToString()));
        }
        else if (!IsSame(meant, value))
        {
            differences.Add(new EchoDifference(name, Text(meant), Text(value)));
        }
    }

    private static bool IsSame(object meant, object? echoed) => (meant, echoed) switch
    {
        // NaN is equal to nothing here, so that it can never be started.
        (double a, double b) => a == b,
        (int a, int b) => a == b,
        (string a, string b) => a == b,
        _ => false,
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
