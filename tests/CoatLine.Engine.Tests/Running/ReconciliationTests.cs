using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Tests.Running;

/// <summary>The table of what a unit may say of a request whose outcome is not recorded.</summary>
public sealed class ReconciliationTests
{
    private const ulong None = 0;
    private const ulong Mine = 10;
    private const ulong Last = 9;
    private const ulong Foreign = 77;

    //        active   result   ack      code                    state                     how
    [TestCase(None, Mine, Mine, AckCode.Accepted, PackMlState.Complete, ReattachKind.Completed)]
    [TestCase(None, Mine, Mine, AckCode.Accepted, PackMlState.Aborted, ReattachKind.Completed)]
    [TestCase(None, Mine, Foreign, AckCode.Busy, PackMlState.Complete, ReattachKind.Completed)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Idle, ReattachKind.Accepted)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Starting, ReattachKind.Running)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Execute, ReattachKind.Running)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Held, ReattachKind.Running)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Completing, ReattachKind.Running)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Aborting, ReattachKind.Running)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Undefined, null)]
    [TestCase(Mine, None, Mine, AckCode.Accepted, PackMlState.Complete, null)]
    [TestCase(None, Last, Last, AckCode.Accepted, PackMlState.Complete, ReattachKind.Resent)]
    [TestCase(None, Last, Last, AckCode.Accepted, PackMlState.Idle, ReattachKind.Resent)]
    [TestCase(None, Last, Mine, AckCode.Interlocked, PackMlState.Complete, ReattachKind.Resent)]
    [TestCase(None, Last, Mine, AckCode.Accepted, PackMlState.Complete, null)]
    [TestCase(None, None, Mine, AckCode.Accepted, PackMlState.Idle, null)]
    [TestCase(None, None, None, AckCode.None, PackMlState.Idle, null)]
    [TestCase(None, None, Last, AckCode.Accepted, PackMlState.Idle, null)]
    [TestCase(None, Last, None, AckCode.None, PackMlState.Idle, null)]
    [TestCase(None, Foreign, Foreign, AckCode.Accepted, PackMlState.Complete, null)]
    [TestCase(None, Last, Foreign, AckCode.Busy, PackMlState.Complete, null)]
    [TestCase(Foreign, None, Foreign, AckCode.Accepted, PackMlState.Execute, null)]
    [TestCase(Foreign, None, Foreign, AckCode.Accepted, PackMlState.Idle, null)]
    [TestCase(Last, None, Last, AckCode.Accepted, PackMlState.Execute, null)]
    public void Decide_WhatTheUnitSays_GivesHowOrAQuestion(
        ulong active, ulong result, ulong ack, AckCode code, PackMlState state, ReattachKind? how)
    {
        Reconciled reconciled = Reconciliation.Decide(
            Open(resultBefore: Last, ackBefore: Last), Unit(active, result, ack, code, state));

        Assert.That(reconciled.How, Is.EqualTo(how));
        Assert.That(reconciled.Unknown, how is null ? Does.EndWith("?") : Is.Empty);
    }

    [Test]
    public void Decide_FirstRequestEverAndUnitUntouched_SendsAgain()
    {
        Reconciled reconciled = Reconciliation.Decide(
            Open(None, None), Unit(None, None, None, AckCode.None, PackMlState.Idle));

        Assert.That(reconciled.How, Is.EqualTo(ReattachKind.Resent));
    }

    [TestCase(None, AckCode.None)]
    [TestCase(Mine, AckCode.Interlocked)]
    public void Decide_FirstRequestEverWasAcceptedAndTheUnitIsBlank_IsAQuestion(ulong ack, AckCode code)
    {
        Reconciled reconciled = Reconciliation.Decide(
            Open(None, None) with { IsAccepted = true }, Unit(None, None, ack, code, PackMlState.Idle));

        Assert.That(reconciled.How, Is.Null);
        Assert.That(reconciled.Unknown, Does.EndWith("was the phase run?"));
    }

    [TestCase(None, Last, Last, true)]
    [TestCase(Foreign, Last, Last, false)]
    [TestCase(None, Foreign, Last, false)]
    [TestCase(None, Last, Foreign, false)]
    [TestCase(None, Mine, Mine, false)]
    [TestCase(None, None, None, false)]
    public void Discontinuity_AgainstTheRecord_OnlyTheSameIsContinuous(
        ulong active, ulong result, ulong ack, bool continuous)
    {
        string? question = Reconciliation.Discontinuity(
            Unit(active, result, ack, AckCode.Accepted, PackMlState.Complete),
            new UnitTrace(new RequestId(Last), new RequestId(Last)),
            new RequestId(Mine),
            isAsked: true);

        Assert.That(question is null, Is.EqualTo(continuous));
    }

    [TestCase(None, None, 0UL, false, true, TestName = "Discontinuity_BlankUnitNotAskedByThisBatch_IsNone")]
    [TestCase(None, None, 0UL, true, false, TestName = "Discontinuity_BlankUnitAskedByThisBatch_IsAsked")]
    [TestCase(None, None, 1UL, false, false, TestName = "Discontinuity_UnitThatHasSeenAnOwner_IsAsked")]
    [TestCase(Foreign, Foreign, 0UL, false, false, TestName = "Discontinuity_UnitWithForeignResult_IsAsked")]
    public void Discontinuity_BlankUnit(ulong result, ulong ack, ulong epoch, bool isAsked, bool continuous)
    {
        UnitSnapshot unit = Unit(None, result, ack, AckCode.None, PackMlState.Idle) with { OwnerEpoch = epoch };

        string? question = Reconciliation.Discontinuity(
            unit, new UnitTrace(new RequestId(Last), new RequestId(Last)), new RequestId(Mine), isAsked);

        Assert.That(question is null, Is.EqualTo(continuous));
    }

    private static OpenPhase Open(ulong resultBefore, ulong ackBefore) =>
        new(Intent(resultBefore, ackBefore), IsAccepted: false);

    private static PhaseIntended Intent(ulong resultBefore, ulong ackBefore) => new(
        "B-2026-0001",
        "base/pre-dilution/07",
        1,
        Domain.Execution.Unit.Mixer,
        PhaseKind.MixCycle,
        new RequestId(Mine),
        1,
        new RequestId(resultBefore),
        new RequestId(ackBefore),
        []);

    private static UnitSnapshot Unit(ulong active, ulong result, ulong ack, AckCode code, PackMlState state) => new(
        Domain.Execution.Unit.Mixer,
        state,
        new RequestId(active),
        new RequestId(result),
        new RequestId(ack),
        code,
        1,
        0d,
        0,
        new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));
}
