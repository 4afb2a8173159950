namespace CoatLine.Simulator.Plc;

/// <summary>
/// A phase while it physically runs. It moves in steps of its own choosing, never in the steps of whoever calls it, so
/// that its numbers and its end do not depend on how often the PLC looks.
/// </summary>
internal abstract class PhaseRun
{
    /// <summary>Seconds by which a step may miss the present through rounding.</summary>
    private const double Rounding = 1e-7;

    private DateTime resumedAt;
    private double secondsAtResume;

    /// <summary>Begins at a line time.</summary>
    protected PhaseRun(DateTime start)
    {
        Start = start;
        resumedAt = start;
    }

    /// <summary>Line time of the start of Execute.</summary>
    public DateTime Start { get; }

    /// <summary>Seconds in Execute so far; held time does not count. Ends exactly on the phase's end.</summary>
    public double Seconds { get; private set; }

    /// <summary>Seconds that count for the product (<c>Active.Elapsed</c>).</summary>
    public abstract double CountedSeconds { get; }

    /// <summary>Set when the phase has run to its end.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>Set when the unit must abort by itself: the alarm bit and the reason.</summary>
    public Trip? Tripped { get; protected set; }

    /// <summary>Set when the unit must hold by itself; it goes on only when somebody lets it.</summary>
    public bool MustHold { get; protected set; }

    /// <summary>What must abort the phase at once, running or held; null for nothing.</summary>
    public virtual Trip? Danger => null;

    /// <summary>Alarm bits that warn and do not stop the phase.</summary>
    public virtual uint Warnings => 0;

    /// <summary>Line time that the present <see cref="Seconds"/> stand for.</summary>
    public DateTime Instant => resumedAt + TimeSpan.FromSeconds(Seconds - secondsAtResume);

    /// <summary>Moves the phase as far as whole steps fit before the given line time.</summary>
    public void AdvanceTo(DateTime now)
    {
        double target = secondsAtResume + (now - resumedAt).TotalSeconds + Rounding;
        while (!IsDone && Tripped is null && !MustHold)
        {
            double step = NextStep();
            if (Seconds + step > target)
            {
                return;
            }

            Advance(step);
        }
    }

    /// <summary>Brings the phase to a stand at a line time: the piece of a step that is due is still done.</summary>
    public void PauseAt(DateTime now)
    {
        AdvanceTo(now);
        double rest = secondsAtResume + (now - resumedAt).TotalSeconds - Seconds;
        if (!IsDone && Tripped is null && rest > Rounding)
        {
            Advance(Math.Min(rest, NextStep()));
        }

        OnPaused(Instant);
    }

    /// <summary>Goes on after a pause.</summary>
    public void ResumeAt(DateTime now)
    {
        resumedAt = now;
        secondsAtResume = Seconds;
        MustHold = false;
        OnResumed(now);
    }

    /// <summary>Leaves the phase's mark on the world and writes the result block; called once, at the end.</summary>
    public abstract void Finish(PhaseEnd end, ResultWriter results);

    /// <summary>Live values while the phase runs.</summary>
    public abstract void WriteLive(LiveWriter live);

    /// <summary>Length of the next step in seconds, above 0; never beyond the end of a segment.</summary>
    protected abstract double NextStep();

    /// <summary>Moves matter by one step; sets <see cref="IsDone"/> or <see cref="Tripped"/> where it ends.</summary>
    protected abstract void Step(double seconds);

    /// <summary>The unit was brought to a stand.</summary>
    protected virtual void OnPaused(DateTime at)
    {
    }

    /// <summary>The unit goes on.</summary>
    protected virtual void OnResumed(DateTime at)
    {
    }

    private void Advance(double step)
    {
        // Rounding to a tenth of a microsecond keeps thousands of additions from drifting off the exact end.
        Seconds = Math.Round(Seconds + step, 7);
        Step(step);
    }
}

/// <summary>Why a unit aborts by itself.</summary>
/// <param name="AlarmBit">Bit of the unit's alarm word.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record Trip(int AlarmBit, string Reason);
