using System.Collections.Frozen;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Reads and writes of one unit's tags, and the check that the unit speaks this contract at all.</summary>
internal sealed class UnitTags
{
    private static readonly TagAddress VersionAddress = TagAddress.Of(TagContract.ContractVersion);

    private readonly ILineConnection connection;
    private readonly FrozenDictionary<string, TagAddress> addresses;
    private long verifiedSession;

    public UnitTags(ILineConnection connection, UnitContract contract)
    {
        this.connection = connection;
        Contract = contract;
        addresses = contract.Tags.ToFrozenDictionary(static t => t.Name, TagAddress.Of, StringComparer.Ordinal);
    }

    public UnitContract Contract { get; }

    public Unit Unit => Contract.Unit;

    public TagAddress Address(string name) => addresses[name];

    /// <summary>Reads tags in one service call.</summary>
    public async Task<TagValues> ReadAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        TagRead[] reads = [.. names.Select(n => new TagRead(addresses[n]))];
        DataValue[] values = await connection.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        var byName = new Dictionary<string, DataValue>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            byName[names[i]] = values[i];
        }

        return new TagValues(Contract, byName);
    }

    /// <summary>Writes tags in one service call, in order.</summary>
    /// <exception cref="LineContractException">The server refuses a tag.</exception>
    /// <exception cref="LineUnreachableException">The server cannot write a tag now.</exception>
    public async Task WriteAsync(
        IReadOnlyList<(string Name, Variant Value)> values, CancellationToken cancellationToken)
    {
        TagWrite[] writes = [.. values.Select(v => new TagWrite(addresses[v.Name], v.Value))];
        StatusCode[] statuses = await connection.WriteAsync(writes, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < statuses.Length; i++)
        {
            if (statuses[i].IsBad)
            {
                throw TagQuality.Failure(writes[i].Address.Tag, "written", statuses[i]);
            }
        }
    }

    /// <summary>
    /// Makes sure, once per session, that the server speaks this version of the contract and the unit numbers its
    /// states as PackML does; other profiles use the same numbers for other states.
    /// </summary>
    /// <returns>The number of the session that was checked.</returns>
    /// <exception cref="LineContractException">It does not; the message names the tag.</exception>
    public async Task<long> VerifyAsync(CancellationToken cancellationToken)
    {
        LinkState link = connection.State;
        if (link.IsUp && link.Session == Interlocked.Read(ref verifiedSession))
        {
            return link.Session;
        }

        TagAddress profile = addresses[CommonTags.Profile];
        DataValue[] values = await connection
            .ReadAsync([new TagRead(VersionAddress), new TagRead(profile)], cancellationToken)
            .ConfigureAwait(false);
        Expect(VersionAddress.Tag, values[0], TagContract.Version);
        Expect(profile.Tag, values[1], TagContract.Profile);

        // Only a session that stood before and after the read has been checked by it.
        LinkState after = connection.State;
        if (link.IsUp && after.IsUp && after.Session == link.Session)
        {
            Interlocked.Exchange(ref verifiedSession, after.Session);
        }

        return after.Session;
    }

    /// <summary>Throws when the session that something was begun in is gone.</summary>
    /// <exception cref="LineUnreachableException">It is.</exception>
    public void ExpectSession(long session, string during)
    {
        LinkState link = connection.State;
        if (!link.IsUp || link.Session != session)
        {
            string why = link.IsUp ? "a new session stands" : link.Why;
            throw new LineUnreachableException($"{Unit}: the link was lost while {during}: {why}");
        }
    }

    private static void Expect(string tag, DataValue value, string wanted)
    {
        if (!TagQuality.IsGood(value.Status))
        {
            throw TagQuality.Failure(tag, "read", value.Status);
        }

        string found = value.Value.ToString();
        if (found != wanted)
        {
            throw new LineContractException($"{tag} is \"{found}\", this MES speaks \"{wanted}\" only");
        }
    }
}
