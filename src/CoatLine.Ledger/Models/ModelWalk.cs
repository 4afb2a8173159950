using System.Data.Common;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Models;

/// <summary>Reads the chain from where the models stand, checks every event and every link, and writes what follows
/// from it. One run.</summary>
internal sealed class ModelWalk(
    ILedgerReader reader, ModelWriter writer, ModelProjector projector, Dictionary<string, ModelPosition> positions)
{
    private static readonly string Zero = ChainHash.Zero.ToString();

    /// <summary>Events taken in.</summary>
    public long Events { get; private set; }

    public async Task RunAsync(bool isInOneTransaction, CancellationToken cancellationToken)
    {
        foreach (LedgerMark head in reader.Marks())
        {
            ModelPosition position = positions.GetValueOrDefault(head.Line.Value)
                ?? new ModelPosition(head.Line.Value, 0, "", 0, IsVerified: true);
            CheckStand(position);
            while (position.Seq < head.Seq)
            {
                cancellationToken.ThrowIfCancellationRequested();
                IReadOnlyList<LedgerRow> rows = reader.Events(new EventQuery
                {
                    Line = position.Line, FromSeq = position.Seq + 1, Limit = LedgerModels.PageEvents,
                });
                position = await TakeAsync(position, rows, isInOneTransaction, cancellationToken).ConfigureAwait(false);
            }

            if (position.Seq == head.Seq && position.Hash != head.Hash.ToString())
            {
                throw Damaged(position.Line, position.Seq, "the head of the line is another one");
            }
        }
    }

    private async Task<ModelPosition> TakeAsync(
        ModelPosition before,
        IReadOnlyList<LedgerRow> rows,
        bool isInOneTransaction,
        CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            throw Damaged(before.Line, before.Seq + 1, "it is missing");
        }

        var page = new ModelPage();
        string hash = before.Seq == 0 ? Zero : before.Hash;
        long seq = before.Seq;
        foreach (LedgerRow row in rows)
        {
            Check(row, ++seq, hash);
            hash = row.Hash;
            projector.Take(row, page);
        }

        ModelPosition to = before with { Seq = seq, Hash = hash, Skipped = before.Skipped + page.Skipped };
        if (isInOneTransaction)
        {
            await WriteAsync(before, to, page, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await using DbTransaction one = await writer.BeginAsync(cancellationToken).ConfigureAwait(false);
            await WriteAsync(before, to, page, cancellationToken).ConfigureAwait(false);
            await one.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        Events += rows.Count;
        return to;
    }

    private async Task WriteAsync(
        ModelPosition before, ModelPosition to, ModelPage page, CancellationToken cancellationToken)
    {
        if (!await writer.MoveAsync(before.Seq, to, cancellationToken).ConfigureAwait(false))
        {
            throw new LedgerException(
                LedgerFault.Unavailable, $"somebody else is making the read models of {to.Line}; try again later");
        }

        await writer.WriteAsync(page, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the models were made from must still be what the ledger holds.</summary>
    private void CheckStand(ModelPosition position)
    {
        if (position.Seq == 0)
        {
            return;
        }

        IReadOnlyList<LedgerRow> rows = reader.Events(
            new EventQuery { Line = position.Line, FromSeq = position.Seq, Limit = 1 });
        if (rows.Count == 0 || rows[0].Seq != position.Seq || rows[0].Hash != position.Hash)
        {
            throw new LedgerException(
                LedgerFault.Damaged,
                $"the read models were made from another chain: seq {position.Seq} of {position.Line} is not the event "
                + "that they stand on; verify the ledger, then rebuild them");
        }
    }

    private static void Check(LedgerRow row, long seq, string previous)
    {
        if (row.Seq != seq)
        {
            throw Damaged(row.Line, seq, "it is missing");
        }

        if (row.PreviousHash != previous)
        {
            throw Damaged(row.Line, seq, "it does not follow the event before it");
        }

        byte[] payload = Encoding.UTF8.GetBytes(row.Payload);
        if (!HashText.TryParse(previous, out ChainHash link)
            || payload.Length > EventChain.MaxPayloadBytes
            || EventChain.Hash(new LineId(row.Line), seq, link, payload).ToString() != row.Hash)
        {
            throw Damaged(row.Line, seq, "its hash is not the one that its payload gives");
        }

        if (EventAttributes.TryRead(payload, out string reason) is not { } said)
        {
            throw Damaged(row.Line, seq, reason);
        }

        if (said.Id != row.Id || said.Type != row.Type || said.Subject != row.Batch || said.Time != row.Time)
        {
            throw Damaged(row.Line, seq, "a column beside the payload says something else");
        }
    }

    private static LedgerException Damaged(string line, long seq, string what) => new(
        LedgerFault.Damaged,
        $"seq {seq} of {line} is damaged ({what}); 'coatline ledger verify' tells more, the read models stay as they "
        + "were");
}
