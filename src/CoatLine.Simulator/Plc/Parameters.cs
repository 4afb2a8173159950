namespace CoatLine.Simulator.Plc;

/// <summary>The parameters of one request as latched, by their tag name below <c>Request.</c>.</summary>
internal sealed class Parameters(IReadOnlyDictionary<string, object> values)
{
    /// <summary>All of them, for the machine log.</summary>
    public IReadOnlyDictionary<string, object> Values { get; } = values;

    /// <summary>A Double parameter, in the contract's unit.</summary>
    public double Number(string name) => (double)Values[name];

    /// <summary>An Int32 parameter.</summary>
    public int Whole(string name) => (int)Values[name];

    /// <summary>A String parameter.</summary>
    public string Text(string name) => (string)Values[name];
}
