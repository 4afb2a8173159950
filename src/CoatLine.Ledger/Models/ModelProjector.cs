using System.Collections.Frozen;
using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Models;

/// <summary>
/// Makes rows of the models from events in the order of the chain. Pure: what it must know of earlier events (the
/// batches, and the last occurrence of each alarm) is handed to it and grows with them. Not safe for several threads.
/// </summary>
internal sealed class ModelProjector
{
    private static readonly FrozenSet<string> KnownTypes = EventCatalog.TypeNames.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<(string Line, string Batch), BatchEntry> _batches;
    private readonly Dictionary<(string Line, string Equipment, string Alarm), AlarmEntry> _alarms = [];

    /// <summary>Goes on from rows made before.</summary>
    /// <param name="batches">Every row of the model of batches.</param>
    /// <param name="alarms">Rows of the model of alarms in the order of their numbers; of each alarm the last counts.
    /// </param>
    public ModelProjector(
        IEnumerable<IReadOnlyList<object?>> batches, IEnumerable<IReadOnlyList<object?>> alarms)
    {
        _batches = batches.Select(BatchEntry.Of).ToDictionary(static b => (b.Line, b.Batch));
        foreach (AlarmEntry alarm in alarms.Select(AlarmEntry.Of))
        {
            _alarms[(alarm.Line, alarm.Equipment, alarm.Alarm)] = alarm;
        }
    }

    /// <summary>Begins before the first event.</summary>
    public ModelProjector()
        : this([], [])
    {
    }

    /// <summary>Takes the next event in; one of a type or version that is not known, or without readable data, is
    /// skipped and counted.</summary>
    public void Take(LedgerRow row, ModelPage page)
    {
        if (!KnownTypes.Contains(row.Type) || TryParse(row.Payload) is not { } document)
        {
            page.Skipped++;
            return;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("data", out JsonElement data)
                || data.ValueKind != JsonValueKind.Object)
            {
                page.Skipped++;
                return;
            }

            Project(new FactView(row, BatchSummary.BareType(row.Type), data), page);
        }
    }

    private static JsonDocument? TryParse(string payload)
    {
        try
        {
            return JsonDocument.Parse(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Project(FactView fact, ModelPage page)
    {
        BatchEntry? batch = null;
        if (fact.Batch.Length > 0)
        {
            (string, string) key = (fact.Line, fact.Batch);
            batch = (_batches.GetValueOrDefault(key)
                ?? new BatchEntry(fact.Line, fact.Batch, fact.Seq, fact.Time)).With(fact);
            _batches[key] = batch;
            page.Replace(ModelTable.Batches, batch.ToRow());
        }

        if (AlarmEntry.Takes(fact.Type))
        {
            ProjectAlarm(fact, page);
        }

        GenealogyModel.Project(fact, page);
        MeasurementModel.Project(fact, page);
        SpcModel.Project(fact, batch?.OnlySheet, page);
        AuditModel.Project(fact, page);
    }

    private void ProjectAlarm(FactView fact, ModelPage page)
    {
        if (fact.Text("unit") is not { } equipment || fact.Text("alarm") is not { } alarm)
        {
            return;
        }

        (string, string, string) key = (fact.Line, equipment, alarm);
        AlarmEntry? known = fact.Type == "alarm-raised" ? null : _alarms.GetValueOrDefault(key);
        AlarmEntry entry =
            (known ?? new AlarmEntry(fact.Line, fact.Seq, fact.Batch, equipment, alarm)).With(fact);
        _alarms[key] = entry;
        page.Replace(ModelTable.Alarms, entry.ToRow());
    }
}
