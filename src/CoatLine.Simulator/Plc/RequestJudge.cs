using System.Globalization;
using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Plc;

/// <summary>Judges what stands in <c>Request.*</c> in the order that the contract fixes; changes nothing.</summary>
internal sealed class RequestJudge(TagImage image, UnitProgram program)
{
    private const int ModeProduce = 1;

    /// <summary>Null when the request can be accepted, else the first reason against it.</summary>
    /// <param name="state">Present state of the unit.</param>
    /// <param name="now">Line time.</param>
    public Refusal? Judge(UnitState state, DateTime now)
    {
        ulong epoch = image.Get<ulong>("Request.Epoch");
        ulong seen = image.Get<ulong>("Owner.Epoch");
        if (epoch < seen)
        {
            return new Refusal(Ack.StaleEpoch, Text($"epoch {epoch} is below {seen}, which this unit has seen"));
        }

        int mode = image.Get<int>("Mode");
        if (mode != ModeProduce)
        {
            return new Refusal(Ack.WrongMode, Text($"unit mode is {mode}, not {ModeProduce} Produce"));
        }

        if (RequestedPhase() is not { } phase)
        {
            return new Refusal(Ack.UnknownPhase, Text($"phase {image.Get<int>("Request.Phase")} is unknown here"));
        }

        return Busy(state) ?? OutOfRange(phase) ?? Interlocked() ?? program.Check(phase, Latched(phase), now);
    }

    /// <summary>The phase asked for, or null when the unit does not know it.</summary>
    public PhaseSpec? RequestedPhase() =>
        program.Phases.FirstOrDefault(p => p.Number == image.Get<int>("Request.Phase"));

    /// <summary>The phase's parameters as they stand in <c>Request.*</c>.</summary>
    public Parameters Latched(PhaseSpec phase) => new(phase.ParameterNames.ToDictionary(
        name => name, name => image["Request." + name], StringComparer.Ordinal));

    private Refusal? Busy(UnitState state)
    {
        ulong active = image.Get<ulong>("Active.Id");
        if (active != 0)
        {
            return new Refusal(Ack.Busy, Text($"request {active} is active and not finished"));
        }

        return state is UnitState.Idle or UnitState.Complete
            ? null
            : new Refusal(Ack.Busy, $"the unit is {state}; Clear and Reset it first");
    }

    private Refusal? OutOfRange(PhaseSpec phase)
    {
        foreach (string name in phase.ParameterNames)
        {
            TagDefinition tag = image.Definition("Request." + name);
            double? value = image[tag.Name] switch { double d => d, int i => i, _ => null };
            if (value is { } number && !tag.Allows(number))
            {
                string unit = tag.EngineeringUnit.Length > 0 ? " " + tag.EngineeringUnit : string.Empty;
                return new Refusal(
                    Ack.OutOfRange, Text($"{name} {number}{unit} is outside {tag.Low} to {tag.High}{unit}"));
            }
        }

        return null;
    }

    private Refusal? Interlocked() => program.Interlock == 0
        ? null
        : new Refusal(Ack.Interlocked, string.Join("; ", program.InterlockTexts
            .Where((_, bit) => (program.Interlock & (1u << bit)) != 0)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
