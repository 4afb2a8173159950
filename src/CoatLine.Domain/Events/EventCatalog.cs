using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CoatLine.Domain.Events;

/// <summary>
/// Every event type that is written, under the name that stands in records. A name is never used for another meaning: a
/// change that an old reader would misread gets the next version number, and the old version an entry in
/// <see cref="EventUpcasters"/>, by which it is read for ever.
/// </summary>
public static class EventCatalog
{
    private static readonly FrozenDictionary<string, Type> ByName = new Dictionary<string, Type>
    {
        ["coatline.engine-started.v1"] = typeof(EngineStarted),
        ["coatline.link-lost.v1"] = typeof(LinkLost),
        ["coatline.link-restored.v1"] = typeof(LinkRestored),
        ["coatline.data-gap-found.v1"] = typeof(DataGapFound),
        ["coatline.alarm-raised.v1"] = typeof(AlarmRaised),
        ["coatline.alarm-acknowledged.v1"] = typeof(AlarmAcknowledged),
        ["coatline.alarm-cleared.v1"] = typeof(AlarmCleared),
        ["coatline.alarm-shelved.v1"] = typeof(AlarmShelved),
        ["coatline.alarm-unshelved.v1"] = typeof(AlarmUnshelved),
        ["coatline.alarm-flood-began.v1"] = typeof(AlarmFloodBegan),
        ["coatline.alarm-flood-ended.v1"] = typeof(AlarmFloodEnded),
        ["coatline.ledger-sealed.v1"] = typeof(LedgerSealed),
        ["coatline.lab-result-entered.v1"] = typeof(LabResultEntered),
        ["coatline.recipe-approved.v1"] = typeof(RecipeApproved),
        ["coatline.recipe-retired.v1"] = typeof(RecipeRetired),
        ["coatline.lot-received.v1"] = typeof(LotReceived),
        ["coatline.lot-status-set.v1"] = typeof(LotStatusSet),
        ["coatline.batch-created.v1"] = typeof(BatchCreated),
        ["coatline.checks-judged.v1"] = typeof(ChecksJudged),
        ["coatline.batch-released.v1"] = typeof(BatchReleased),
        ["coatline.batch-rejected.v1"] = typeof(BatchRejected),
        ["coatline.sheet-disposed.v1"] = typeof(SheetDisposed),
        ["coatline.trial-concluded.v1"] = typeof(TrialConcluded),
        ["coatline.question-answered.v1"] = typeof(QuestionAnswered),
        ["coatline.identity-refused.v1"] = typeof(IdentityRefused),
        ["coatline.batch-held.v1"] = typeof(BatchHeld),
        ["coatline.batch-resumed.v1"] = typeof(BatchResumed),
        ["coatline.batch-commanded.v1"] = typeof(BatchCommanded),
        ["coatline.execution-mode-set.v1"] = typeof(ExecutionModeSet),
        ["coatline.phase-held.v1"] = typeof(PhaseHeld),
        ["coatline.phase-resumed.v1"] = typeof(PhaseResumed),
        ["coatline.phase-suspended.v1"] = typeof(PhaseSuspended),
        ["coatline.phase-unsuspended.v1"] = typeof(PhaseUnsuspended),
        ["coatline.unit-awaited.v1"] = typeof(UnitAwaited),
        ["coatline.unit-reset.v1"] = typeof(UnitReset),
        ["coatline.step-skipped.v1"] = typeof(StepSkipped),
        ["coatline.unit-quarantined.v1"] = typeof(UnitQuarantined),
        ["coatline.unit-freed.v1"] = typeof(UnitFreed),
        ["coatline.phase-intended.v1"] = typeof(PhaseIntended),
        ["coatline.phase-accepted.v1"] = typeof(PhaseAccepted),
        ["coatline.phase-refused.v1"] = typeof(PhaseRefused),
        ["coatline.phase-started.v1"] = typeof(PhaseStarted),
        ["coatline.phase-reattached.v1"] = typeof(PhaseReattached),
        ["coatline.phase-failed.v1"] = typeof(PhaseFailed),
        ["coatline.material-weighed.v1"] = typeof(MaterialWeighed),
        ["coatline.temperature-gate-passed.v1"] = typeof(TemperatureGatePassed),
        ["coatline.mix-cycle-completed.v1"] = typeof(MixCycleCompleted),
        ["coatline.mix-cycle-aborted.v1"] = typeof(MixCycleAborted),
        ["coatline.slurry-completed.v1"] = typeof(SlurryCompleted),
        ["coatline.coat-completed.v1"] = typeof(CoatCompleted),
        ["coatline.drying-completed.v1"] = typeof(DryingCompleted),
        ["coatline.profile-registered.v1"] = typeof(ProfileRegistered),
        ["coatline.gap-planned.v1"] = typeof(GapPlanned),
        ["coatline.gap-learnt.v1"] = typeof(GapLearnt),
        ["coatline.areal-mass-measured.v1"] = typeof(ArealMassMeasured),
        ["coatline.press-cycle-completed.v1"] = typeof(PressCycleCompleted),
        ["coatline.roughness-measured.v1"] = typeof(RoughnessMeasured),
        ["coatline.qc-judged.v1"] = typeof(QcJudged),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType =
        ByName.ToFrozenDictionary(static pair => pair.Value, static pair => pair.Key);

    private static readonly EventVersions Versions = new(ByName, EventUpcasters.All);

    /// <summary>Every type name, in alphabetical order.</summary>
    public static ImmutableArray<string> TypeNames { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The type name of a fact, <c>coatline.&lt;kebab-name&gt;.v&lt;n&gt;</c>.</summary>
    /// <exception cref="ArgumentException">The event is not in the catalogue.</exception>
    public static string TypeOf(BatchEvent fact) => ByType.TryGetValue(fact.GetType(), out string? name)
        ? name
        : throw new ArgumentException($"{fact.GetType().Name} is not in the event catalogue", nameof(fact));

    /// <summary>The record behind a type name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not in the catalogue.</exception>
    internal static Type RecordOf(string typeName) => ByName[typeName];

    /// <summary>Versions that are read, by way of their upcasters, but written no more; in alphabetical order.
    /// </summary>
    public static ImmutableArray<string> OlderTypeNames => Versions.Older;

    /// <summary>Reads a recorded fact, an older version of it by way of its upcasters.</summary>
    /// <exception cref="EventFormatException">The type or its version is not known to this program, or the payload
    /// does not have its form.</exception>
    public static BatchEvent Read(ChainedEvent recorded) => Versions.Read(recorded);
}

/// <summary>A recorded event cannot be read by this version.</summary>
public sealed class EventFormatException : Exception
{
    /// <summary>Creates the exception with a sentence that names line, sequence number and type.</summary>
    public EventFormatException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
