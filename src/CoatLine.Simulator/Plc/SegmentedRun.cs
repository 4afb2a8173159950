namespace CoatLine.Simulator.Plc;

/// <summary>
/// A phase made of segments of known length, one after the other; empty ones are skipped. Steps never cross the end of
/// a segment, so a segment of 180 s takes 180 s.
/// </summary>
internal abstract class SegmentedRun : PhaseRun
{
    private readonly double maxStep;
    private IReadOnlyList<Segment> segments = [];
    private int index = -1;
    private double began;

    protected SegmentedRun(DateTime start, double maxStep)
        : base(start) => this.maxStep = maxStep;

    /// <summary>The segment that runs, or the last one.</summary>
    protected string Current => segments[Math.Min(index, segments.Count - 1)].Name;

    /// <summary>Seconds spent in the segment that runs.</summary>
    protected double InSegment => IsDone ? segments[^1].Seconds : Seconds - began;

    /// <summary>Length of the segment that runs, s.</summary>
    protected double SegmentSeconds => segments[Math.Min(index, segments.Count - 1)].Seconds;

    /// <summary>Sets the plan from now on; at least one segment must not be empty.</summary>
    protected void Plan(params IReadOnlyList<Segment> plan)
    {
        segments = [.. plan.Select(s => s with { Seconds = Math.Round(s.Seconds, 6) }).Where(s => s.Seconds > 0)];
        Enter(0);
    }

    protected sealed override double NextStep() => Math.Min(maxStep, segments[index].Seconds - (Seconds - began));

    protected sealed override void Step(double seconds)
    {
        Move(Current, seconds);
        if (Tripped is null && Seconds - began >= segments[index].Seconds - 1e-6)
        {
            Left(Current);
            Enter(index + 1);
        }
    }

    /// <summary>Moves matter by one step inside a segment.</summary>
    protected abstract void Move(string segment, double seconds);

    /// <summary>A segment has ended.</summary>
    protected virtual void Left(string segment)
    {
    }

    private void Enter(int next)
    {
        index = next;
        began = Seconds;
        IsDone = index >= segments.Count;
    }
}

/// <summary>A segment of a phase.</summary>
/// <param name="Name">Name, unique in the phase.</param>
/// <param name="Seconds">Length, s.</param>
internal sealed record Segment(string Name, double Seconds);
