using CoatLine.Domain.Execution;
using CoatLine.Engine.Running;

namespace CoatLine.Engine.Tests.Running;

public sealed class UnitArbiterTests
{
    [Test]
    public async Task Unit_GoesToWhoeverAskedFirst()
    {
        var arbiter = new UnitArbiter();
        Assert.That(arbiter.TryTake(Unit.Mixer, "A"), Is.True);
        Assert.That(arbiter.TryTake(Unit.Mixer, "B"), Is.False);
        Task b = arbiter.TakeAsync(Unit.Mixer, "B", CancellationToken.None);
        Task c = arbiter.TakeAsync(Unit.Mixer, "C", CancellationToken.None);

        arbiter.Release("A");
        await b;
        Assert.That((arbiter.OwnerOf(Unit.Mixer), c.IsCompleted), Is.EqualTo(("B", false)));
        Assert.That(arbiter.TryTake(Unit.Mixer, "D"), Is.False, "nobody overtakes");
        arbiter.Release("B");
        await c;
        arbiter.Release("C");
        Assert.That(arbiter.OwnerOf(Unit.Mixer), Is.Null);
    }

    [Test]
    public async Task Waiter_ThatGivesUp_LeavesTheQueueToTheNext()
    {
        var arbiter = new UnitArbiter();
        arbiter.TryTake(Unit.Dryer, "A");
        using var given = new CancellationTokenSource();
        Task b = arbiter.TakeAsync(Unit.Dryer, "B", given.Token);
        Task c = arbiter.TakeAsync(Unit.Dryer, "C", CancellationToken.None);
        await given.CancelAsync();
        Assert.That(async () => await b, Throws.InstanceOf<OperationCanceledException>());

        arbiter.Release("A");
        await c;
        Assert.That(arbiter.OwnerOf(Unit.Dryer), Is.EqualTo("C"));
    }

    [Test]
    public void Release_OfABatchThatHasNothing_ChangesNothing()
    {
        var arbiter = new UnitArbiter();
        arbiter.TryTake(Unit.Press, "A");
        arbiter.Release("B");
        Assert.That(arbiter.OwnerOf(Unit.Press), Is.EqualTo("A"));
        Assert.That(arbiter.TryTake(Unit.Press, "A"), Is.True);
    }
}
