namespace CoatLine.Bench.Bus;

/// <summary>A way from a recorded event to a committed row, over the same broker and the same database.</summary>
internal interface IPipeline : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Gets ready for a run: empty tables, fresh queues.</summary>
    Task PrepareAsync(Flow flow);

    /// <summary>Hands events over, as fast as the pipeline takes them.</summary>
    /// <param name="first">Number of the first event in its run, from 0.</param>
    /// <param name="count">How many.</param>
    Task SendAsync(int first, int count);

    /// <summary>What else is part of the job once everything is committed.</summary>
    Task FinishAsync() => Task.CompletedTask;
}
