using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Spc;

/// <summary>What run-to-run control has learnt of a coat, as it is recorded and pinned.</summary>
/// <param name="Setting">Blade, foil and slurry that it belongs to.</param>
/// <param name="OffsetUm">a: what the coat comes out thicker than b·u.</param>
/// <param name="LastGapUm">Gap of the last sheet that taught something; for Top the clearance above the Base.</param>
public sealed record LearntGap(RunSetting Setting, decimal OffsetUm, decimal LastGapUm)
{
    /// <summary>The control for a setting: as learnt for the one it belongs to, fresh for any other.</summary>
    /// <param name="learnt">What was learnt; null when nothing was.</param>
    /// <param name="setting">The setting of the next coat.</param>
    public static RunToRun For(LearntGap? learnt, RunSetting setting) => learnt is null
        ? RunToRun.Fresh(setting)
        : new RunToRun(
            new Micrometres(learnt.OffsetUm), learnt.Setting, new Micrometres(learnt.LastGapUm)).For(setting);

    /// <summary>As JSON, in the spelling of recorded facts; <see cref="FromJson"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is nothing learnt.</exception>
    public static LearntGap FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<LearntGap>(json, EventJson.Options)
                ?? throw new FormatException("what was learnt is not null");
        }
        catch (JsonException e)
        {
            throw new FormatException($"this is nothing learnt of a gap: {e.Message}", e);
        }
    }

    /// <summary>As it is recorded; null when nothing was learnt.</summary>
    public static LearntGap? Of(RunToRun control) => control.LastGap is { } last
        ? new LearntGap(control.Setting, control.Offset.Value, last.Value)
        : null;
}
