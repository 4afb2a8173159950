using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// Reads a result block into typed values. A value that is missing, not Good, of another type or not a finite number
/// becomes a problem and a placeholder; whoever builds a fact asks for the problems before it counts. Every problem is
/// reported, not the first.
/// </summary>
internal sealed class ResultReader
{
    private readonly PhaseResult _result;
    private readonly List<string> _problems = [];

    public ResultReader(PhaseResult result) => _result = result;

    public DateTimeOffset EndedAt => _result.EndedAt;

    public decimal Number(string name) => Decimal(name, Good(name));

    public int Whole(string name) => Typed<int>(name);

    public string Text(string name) => Typed<string>(name) ?? string.Empty;

    public bool Flag(string name) => Typed<bool>(name);

    public DateTimeOffset Time(string name) => Typed<DateTimeOffset>(name);

    public ImmutableArray<decimal> Numbers(string name) =>
        [.. (Typed<double[]>(name) ?? []).Select(n => Decimal(name, n))];

    /// <summary>Numbers that a unit need not have: none where the block lacks them, or holds none.</summary>
    public ImmutableArray<decimal> NumbersIfAny(string name) =>
        _result.Values.Any(v => v.Name == name) ? Numbers(name) : [];

    public ImmutableArray<int> Wholes(string name) => [.. Typed<int[]>(name) ?? []];

    /// <summary>The value as it is, or null when it is not usable: for what is judged even where a value is not Good.
    /// </summary>
    public decimal? NumberOrNull(string name) =>
        _result.Values.FirstOrDefault(v => v.Name == name) is { Good: true, Value: double number }
        && IsUsable(number)
            ? (decimal)number
            : null;

    /// <summary>The unit must have worked on what it was asked to work on.</summary>
    public void Expect<T>(string name, T meant)
        where T : notnull
    {
        if (Good(name) is { } value && !value.Equals(meant))
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is '{value}', not '{meant}'"));
        }
    }

    /// <summary>Adds a problem that is no matter of one value.</summary>
    public void Require(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Why the block cannot be used; null when it can. An ending other than Completed is a reason.</summary>
    public string? Problem()
    {
        List<string> all = _result.Code == ResultCode.Completed ? [] : [$"the phase ended as {_result.Code}"];
        all.AddRange(_result.Values.Where(v => !v.Good).Select(v => $"{v.Name} is not Good"));
        all.AddRange(_problems);
        return all.Count == 0 ? null : string.Join("; ", all.Distinct());
    }

    /// <summary>Every value of the block as it goes on record.</summary>
    public ImmutableArray<NamedValue> Values() => [.. _result.Values.Select(Record)];

    private static NamedValue Record(ResultValue value) => value.Value switch
    {
        double n when double.IsFinite(n) => new NamedValue(value.Name, Number: n, Good: value.Good),
        int n => new NamedValue(value.Name, Number: n, Good: value.Good),
        double[] n when n.All(double.IsFinite) => new NamedValue(value.Name, Numbers: [.. n], Good: value.Good),
        int[] n => new NamedValue(value.Name, Numbers: [.. n.Select(i => (double)i)], Good: value.Good),
        DateTimeOffset t => AsText(value, t.ToString("O", CultureInfo.InvariantCulture)),
        _ => AsText(value, Convert.ToString(value.Value, CultureInfo.InvariantCulture)),
    };

    private static NamedValue AsText(ResultValue value, string? text) =>
        new(value.Name, Text: text, Good: value.Good);

    // Half of what a decimal holds, because the greatest one is not a double; NaN and infinities fail it too.
    private static bool IsUsable(double number) => Math.Abs(number) <= (double)decimal.MaxValue / 2d;

    private decimal Decimal(string name, object? value)
    {
        if (value is double number && IsUsable(number))
        {
            return (decimal)number;
        }

        if (value is not null)
        {
            _problems.Add($"{name} is not a usable number");
        }

        return 0m;
    }

    private T? Typed<T>(string name)
    {
        object? value = Good(name);
        if (value is T typed)
        {
            return typed;
        }

        if (value is not null)
        {
            _problems.Add($"{name} is not a {typeof(T).Name}");
        }

        return default;
    }

    // What is not Good is named once, in Problem().
    private object? Good(string name)
    {
        ResultValue? value = _result.Values.FirstOrDefault(v => v.Name == name);
        if (value is null)
        {
            _problems.Add($"{name} is missing");
        }

        return value is { Good: true } ? value.Value : null;
    }
}
