using System.Globalization;
using System.Threading.Channels;
using CoatLine.Cli.Output;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using Spectre.Console;

namespace CoatLine.Cli.Running;

/// <summary>
/// Shows batches while they run: a live screen on a terminal, one line per fact elsewhere, nothing with <c>--json</c>.
/// What it shows never delays the engine: lines wait in a bounded queue, and the oldest give way.
/// </summary>
internal sealed class BatchWatcher : IDisposable
{
    /// <summary>How many lines may wait for a slow reader of standard output.</summary>
    private const int MaxWaitingLines = 4096;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(150);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, BatchProgress> _progress = new(StringComparer.Ordinal);
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MaxWaitingLines) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly CoatLineMes _mes;
    private readonly Report _report;
    private readonly TimeProvider _real;

    public BatchWatcher(CoatLineMes mes, Report report, TimeProvider real)
    {
        (_mes, _report, _real) = (mes, report, real);
        mes.Recorded += OnRecorded;
        mes.LiveChanged += OnLive;
    }

    /// <summary>Whether a person looks at a terminal.</summary>
    public bool IsLive => !_report.IsJson && _report.Console.Profile.Capabilities.Interactive
        && _report.Console.Profile.Out.IsTerminal;

    /// <summary>Takes in what was recorded before this process started.</summary>
    public void Replay(IReadOnlyList<ChainedEvent> facts)
    {
        lock (_gate)
        {
            foreach (ChainedEvent recorded in facts)
            {
                BatchEvent fact = EventCatalog.Read(recorded);
                Take(recorded, fact, FactText.Of(fact));
            }
        }
    }

    /// <summary>Shows until the batch's task ends, and the lines that are still waiting then.</summary>
    public async Task ShowUntilAsync(Task batch)
    {
        if (_report.IsJson)
        {
            await batch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else if (IsLive)
        {
            await _report.Console.Live(Draw()).AutoClear(true).Overflow(VerticalOverflow.Crop)
                .StartAsync(screen => RefreshAsync(screen, batch)).ConfigureAwait(false);
        }
        else
        {
            Task writing = WriteLinesAsync();
            await batch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _lines.Writer.TryComplete();
            await writing.ConfigureAwait(false);
        }
    }

    /// <summary>Reads the progress of every batch that was seen, by id; nothing changes it meanwhile.</summary>
    public T Look<T>(Func<IReadOnlyCollection<BatchProgress>, T> read)
    {
        lock (_gate)
        {
            return read(_progress.Values);
        }
    }

    public void Dispose()
    {
        _mes.Recorded -= OnRecorded;
        _mes.LiveChanged -= OnLive;
    }

    private async Task RefreshAsync(LiveDisplayContext screen, Task batch)
    {
        while (!batch.IsCompleted)
        {
            screen.UpdateTarget(Draw());
            await Task.WhenAny(batch, Task.Delay(Refresh, _real, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <summary>The first batch that has not ended in full, a line for each of the others.</summary>
    private Rows Draw() => Look(all =>
    {
        BatchProgress shown = all.FirstOrDefault(p => p.End is null) ?? all.LastOrDefault() ?? new BatchProgress();
        double speed = (_mes.LineTime as ScaledTimeProvider)?.Speed ?? 1;
        return new Rows(
        [
            LiveScreen.Draw(shown, _mes.LineTime.GetUtcNow(), speed),
            .. all.Where(p => p != shown).Select(p => new Text($"{p.Batch}: {p.Recent.LastOrDefault()}")),
        ]);
    });

    private void Take(ChainedEvent recorded, BatchEvent fact, string? line)
    {
        if (fact.Batch.Length > 0 && !_progress.ContainsKey(fact.Batch))
        {
            _progress[fact.Batch] = new BatchProgress();
        }

        // A fact of the line itself concerns every batch on it.
        foreach (BatchProgress progress in _progress
            .Where(p => fact.Batch.Length == 0 || p.Key == fact.Batch).Select(p => p.Value))
        {
            progress.Apply(recorded, fact, line);
        }
    }

    private async Task WriteLinesAsync()
    {
        await foreach (string line in _lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            _report.Line(line);
        }
    }

    private void OnRecorded(ChainedEvent recorded)
    {
        BatchEvent fact = EventCatalog.Read(recorded);
        string? line = FactText.Of(fact);
        bool isOneOfSeveral;
        lock (_gate)
        {
            Take(recorded, fact, line);
            isOneOfSeveral = _progress.Count > 1 && fact.Batch.Length > 0;
        }

        if (line is not null)
        {
            string whose = isOneOfSeveral ? fact.Batch + "  " : string.Empty;
            _lines.Writer.TryWrite(string.Create(
                CultureInfo.InvariantCulture, $"{recorded.Seq,5}  {recorded.Time:HH:mm:ss}  {whose}{line}"));
        }
    }

    private void OnLive(LiveValue value)
    {
        lock (_gate)
        {
            foreach (BatchProgress progress in _progress.Values)
            {
                progress.Apply(value);
            }
        }
    }
}
