namespace CoatLine.Cli.Watching;

/// <summary>How far a part of the batch is.</summary>
internal enum MilestoneState
{
    /// <summary>Not begun.</summary>
    Ahead,

    /// <summary>Begun and not finished.</summary>
    Running,

    /// <summary>Finished.</summary>
    Done,
}

/// <summary>The parts of a batch in the order in which a person thinks of them.</summary>
internal enum Milestone
{
    /// <summary>Weigh in and mix the Base slurry.</summary>
    MixBase,

    /// <summary>Draw coat 1.</summary>
    Coat1,

    /// <summary>Dry coat 1.</summary>
    Dry1,

    /// <summary>Measure the Base and plan the gap of coat 2.</summary>
    Profile1,

    /// <summary>Weigh in and mix the Top slurry.</summary>
    MixTop,

    /// <summary>Draw coat 2.</summary>
    Coat2,

    /// <summary>Dry coat 2.</summary>
    Dry2,

    /// <summary>Measure the dried electrode.</summary>
    Profile2,

    /// <summary>Warm isostatic pressing.</summary>
    Press,

    /// <summary>Measure the pressed electrode and judge it.</summary>
    Judge,
}
