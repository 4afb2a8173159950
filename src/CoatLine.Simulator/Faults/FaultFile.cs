using System.Collections.Immutable;
using System.Globalization;

namespace CoatLine.Simulator.Faults;

/// <summary>What a scenario file holds, or what is wrong with it.</summary>
/// <param name="Faults">The faults, in the order of the file, drawn ones last; empty with errors.</param>
/// <param name="Errors">Each with the number of its line, field and limit.</param>
public sealed record FaultReading(ImmutableArray<ScheduledFault> Faults, ImmutableArray<string> Errors);

/// <summary>
/// A scenario of faults as text. A line is a kind and fields, <c>LidOpen cycle=7 into=95 for=30</c>; what stands behind
/// # is a comment; <c>random=3 seed=5</c> draws three more, the same ones for the same seed.
/// </summary>
public static class FaultFile
{
    /// <summary>Most faults of a file, drawn ones too, inclusive.</summary>
    public const int MostFaults = 1000;

    /// <summary>Longest text, characters.</summary>
    public const int MaxLength = 100_000;

    private static readonly string[] Fields =
        ["unit", "tag", "amount", "for", "at", "phase", "nth", "cycle", "into"];

    /// <summary>Reads a scenario. Never throws on what stands in the text.</summary>
    public static FaultReading Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return new FaultReading([], [$"a scenario has at most {MaxLength} characters, this one {text.Length}"]);
        }

        List<ScheduledFault> faults = [];
        List<string> errors = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split('#')[0].Split(
                (char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length > 0)
            {
                var line = new Words(words, message => errors.Add($"line {i + 1}: {message}"));
                faults.AddRange(words[0].Contains('=') ? Drawn(line) : One(line));
            }
        }

        if (faults.Count > MostFaults)
        {
            errors.Add($"a scenario has at most {MostFaults} faults, this one {faults.Count}");
        }

        return errors.Count > 0 ? new FaultReading([], [.. errors]) : new FaultReading([.. faults], []);
    }

    /// <summary>A fault as the line of a file that is read as the same.</summary>
    public static string Write(ScheduledFault scheduled)
    {
        (Fault fault, FaultTrigger trigger) = scheduled;
        (string Name, object? Value)[] fields =
        [
            ("unit", fault.Unit), ("tag", fault.Tag), ("amount", fault.Amount), ("for", fault.ForS),
            ("at", trigger.AtS), ("phase", trigger.Phase), ("nth", trigger.Nth), ("cycle", trigger.Cycle),
            ("into", trigger.IntoS == 0 ? null : trigger.IntoS),
        ];
        return string.Join(' ', fields
            .Where(f => f.Value is not null)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name}={f.Value}"))
            .Prepend(fault.Kind.ToString()));
    }

    private static IEnumerable<ScheduledFault> One(Words line)
    {
        if (!Enum.GetNames<FaultKind>().Contains(line.First) || !Enum.TryParse(line.First, out FaultKind kind))
        {
            string kinds = string.Join(", ", Enum.GetNames<FaultKind>());
            line.Wrong($"'{line.First}' is no kind of fault; there are {kinds}");
            return [];
        }

        line.Expect(Fields);
        Fault fault = FaultCatalogue.Complete(new Fault(
            kind, line.Text("unit"), line.Text("tag"), line.Number("amount"), line.Number("for")));
        var trigger = new FaultTrigger(
            line.Number("at", 0, 1e9),
            line.Whole("phase", 1, 99),
            line.Whole("nth", 1, 10_000),
            line.Whole("cycle", 1, 30),
            line.Number("into", 0, FaultCatalogue.LongestS) ?? 0);
        if (trigger is { AtS: not null, IsOfPhase: true })
        {
            line.Wrong("at: a fault begins at a time or in a phase, not both");
        }

        foreach (string error in FaultCatalogue.Errors(fault))
        {
            line.Wrong(error);
        }

        return [new ScheduledFault(fault, trigger is { AtS: null, IsOfPhase: false } ? FaultTrigger.Now : trigger)];
    }

    private static IEnumerable<ScheduledFault> Drawn(Words line)
    {
        line.Expect(["random", "seed"]);
        int? count = line.Whole("random", 1, MostFaults);
        int? seed = line.Whole("seed", 0, int.MaxValue);
        if (count is null || seed is null)
        {
            line.Wrong("random and seed are needed together");
            return [];
        }

        return FaultDraw.Of(seed.Value, count.Value);
    }

    /// <summary>The words of a line; each field at most once.</summary>
    private sealed class Words(string[] words, Action<string> wrong)
    {
        private readonly ILookup<string, string> _fields = words
            .Where(w => w.Contains('='))
            .Select(w => w.Split('=', 2))
            .ToLookup(pair => pair[0], pair => pair[1]);

        public string First => words[0];

        public void Wrong(string message) => wrong(message);

        public void Expect(string[] known)
        {
            foreach (string bare in words.Skip(words[0].Contains('=') ? 0 : 1).Where(w => !w.Contains('=')))
            {
                wrong($"'{bare}' is no field=value");
            }

            foreach (IGrouping<string, string> field in _fields)
            {
                if (!known.Contains(field.Key))
                {
                    wrong($"'{field.Key}' is no field; there are {string.Join(", ", known)}");
                }
                else if (field.Count() > 1)
                {
                    wrong($"{field.Key} stands {field.Count()} times");
                }
            }
        }

        public string? Text(string field) => _fields[field].FirstOrDefault();

        public double? Number(string field, double least = double.MinValue, double most = double.MaxValue)
        {
            if (Text(field) is not { } text)
            {
                return null;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && number >= least && number <= most)
            {
                return number;
            }

            wrong(least == double.MinValue
                ? $"{field} must be a number, not '{text}'"
                : FormattableString.Invariant($"{field} must be {least} to {most}, not '{text}'"));
            return null;
        }

        public int? Whole(string field, int least, int most)
        {
            if (Text(field) is not { } text)
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= least && number <= most)
            {
                return number;
            }

            wrong($"{field} must be {least} to {most}, not '{text}'");
            return null;
        }
    }
}
