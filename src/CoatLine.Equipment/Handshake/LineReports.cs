using System.Collections.Frozen;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Handshake;

/// <summary>Sorts what the server reports: wake-ups and heartbeats to units, live values to displays.</summary>
internal sealed class LineReports(IReadOnlyDictionary<Unit, UnitLink> units, Action<LiveValue> showLive)
{
    private static readonly string[] HandshakeNames =
    [
        CommonTags.State,
        CommonTags.CommandCode,
        CommonTags.AckId,
        CommonTags.ActiveId,
        CommonTags.ResultId,
        CommonTags.HeartbeatPlc,
    ];

    private static readonly FrozenDictionary<TagAddress, TagDefinition> Definitions =
        TagContract.Tags.ToFrozenDictionary(TagAddress.Of);

    /// <summary>The tags that drive the handshake, of every unit.</summary>
    public static TagAddress[] HandshakeAddresses { get; } =
        [.. TagContract.Units.SelectMany(static u => HandshakeNames.Select(n => TagAddress.Of(u.Tag(n))))];

    /// <summary>The live values of every unit.</summary>
    public static TagAddress[] LiveAddresses { get; } =
        [.. TagContract.Units.SelectMany(static u => u.LiveNames.Select(n => TagAddress.Of(u.Tag("Live." + n))))];

    public void OnHandshake(IReadOnlyList<TagChange> changes)
    {
        foreach (TagChange change in changes)
        {
            TagDefinition tag = Definitions[change.Address];
            UnitWatch watch = units[tag.Unit!.Value].Watch;
            if (tag.Name == CommonTags.HeartbeatPlc)
            {
                watch.OnHeartbeat(change.Value);
            }
            else
            {
                watch.Handshake.Wake();
            }
        }
    }

    public void OnLive(IReadOnlyList<TagChange> changes)
    {
        foreach (TagChange change in changes)
        {
            TagDefinition tag = Definitions[change.Address];
            units[tag.Unit!.Value].Watch.Live.Wake();
            showLive(UnitLive.Of(tag, change.Value));
        }
    }

    public void OnLink(LinkState link)
    {
        foreach (UnitLink unit in units.Values)
        {
            unit.Watch.OnLink(link.IsUp);
        }
    }
}
