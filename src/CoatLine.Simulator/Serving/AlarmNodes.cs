using System.Globalization;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;

namespace CoatLine.Simulator.Serving;

/// <summary>
/// The alarms of the units as conditions of the server. They follow the alarm words, so that both tell the same. Not
/// thread-safe: the line's lock is held by whoever calls.
/// </summary>
internal sealed class AlarmNodes
{
    private const string ResourceName = "coatline-alarms.csv";
    private const string ContractUri = "urn:coatline:plc-tags:1";

    private readonly Dictionary<(string Unit, int Bit), UaAlarm> alarms = [];
    private readonly Dictionary<string, uint> shown = [];

    /// <summary>Adds every alarm of the contract below the object of its unit.</summary>
    public AlarmNodes(AddressSpace space)
    {
        ushort index = space.NamespaceIndex(ContractUri);
        foreach (AlarmRow row in Load())
        {
            var unit = (UaObject)space.Find(new NodeId(index, row.Unit))!;
            alarms[(row.Unit, row.Bit)] =
                space.Alarms.Add(new NodeId(index, $"{row.Unit}.Alarm.{row.Name}"), unit, row.Name, row.Severity);
        }
    }

    /// <summary>Raises and clears what a unit's alarm word says.</summary>
    /// <param name="unit">The unit's name.</param>
    /// <param name="word">Its alarm word.</param>
    /// <param name="at">When it changed, line time.</param>
    public void Show(string unit, uint word, DateTime at)
    {
        uint before = shown.GetValueOrDefault(unit);
        shown[unit] = word;
        for (int bit = 0; bit < 32; bit++)
        {
            bool isSet = (word & (1u << bit)) != 0;
            if (isSet == ((before & (1u << bit)) != 0) || !alarms.TryGetValue((unit, bit), out UaAlarm? alarm))
            {
                continue;
            }

            if (isSet)
            {
                alarm.Raise($"{unit}: {alarm.Name}", at);
            }
            else
            {
                alarm.Clear($"{unit}: {alarm.Name} gone", at);
            }
        }
    }

    /// <summary>The bit of an alarm by its name; null when the unit has no such alarm.</summary>
    public int? BitOf(string unit, string name) => alarms
        .Where(pair => pair.Key.Unit == unit && pair.Value.Name == name)
        .Select(pair => (int?)pair.Key.Bit)
        .FirstOrDefault();

    private static IEnumerable<AlarmRow> Load()
    {
        using Stream stream = typeof(AlarmNodes).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"{ResourceName} is not embedded");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            yield return new AlarmRow(
                fields[0],
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[2],
                ushort.Parse(fields[3], CultureInfo.InvariantCulture));
        }
    }

    private sealed record AlarmRow(string Unit, int Bit, string Name, ushort Severity);
}
