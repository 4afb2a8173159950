using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoatLine.Hosting.Time;

/// <summary>
/// The anchor of line time in a data folder, <c>line-clock.json</c>: the simulator and the MES both read it, so that
/// they agree after any restart of either. Written whole and renamed into place, never half.
/// </summary>
/// <param name="AnchorUtc">A moment of the real clock.</param>
/// <param name="LineUtc">Line time at that moment.</param>
/// <param name="Speed">Line seconds per real second, 0.1 to 10 000 inclusive.</param>
public sealed record LineClockFile(
    [property: JsonPropertyName("anchor_utc")] DateTimeOffset AnchorUtc,
    [property: JsonPropertyName("line_utc")] DateTimeOffset LineUtc,
    [property: JsonPropertyName("speed")] double Speed)
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "line-clock.json";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Reads the anchor, or returns null where there is none yet.</summary>
    /// <exception cref="InvalidDataException">The file is there but is not an anchor; the message names the
    /// cure.</exception>
    public static LineClockFile? Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            LineClockFile? clock = JsonSerializer.Deserialize<LineClockFile>(File.ReadAllText(path), Format);
            if (clock is not null && ScaledTimeProvider.IsSpeed(clock.Speed) && clock.AnchorUtc != default)
            {
                return clock;
            }
        }
        catch (JsonException)
        {
            // Falls through to the one sentence for every way in which the file can be wrong.
        }

        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{path} is not a line clock (anchor_utc, line_utc, speed {ScaledTimeProvider.SlowestSpeed} to " +
            $"{ScaledTimeProvider.FastestSpeed}). While nothing runs on this folder it may be deleted."));
    }

    /// <summary>
    /// Sets a new anchor at this moment and writes it. Line time goes on from the real time, or from
    /// <paramref name="notBefore"/> where the record already is later than that: it never steps back, and the days in
    /// which nothing ran do not count <paramref name="speed"/>-fold.
    /// </summary>
    /// <param name="directory">The data folder; it exists.</param>
    /// <param name="speed">Line seconds per real second, 0.1 to 10 000 inclusive.</param>
    /// <param name="notBefore">Line time of the last recorded fact, or null where there is none.</param>
    /// <param name="real">The real clock.</param>
    public static LineClockFile Anchor(string directory, double speed, DateTimeOffset? notBefore, TimeProvider real)
    {
        DateTimeOffset now = real.GetUtcNow();
        LineClockFile clock = new(now, notBefore is { } last && last > now ? last : now, speed);
        string path = Path.Combine(directory, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(clock, Format) + "\n");
        File.Move(path + ".new", path, overwrite: true);
        return clock;
    }

    /// <summary>The clock of this anchor.</summary>
    public ScaledTimeProvider ToTimeProvider(TimeProvider real) => new(AnchorUtc, LineUtc, Speed, real);
}
