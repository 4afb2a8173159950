using CoatLine.Domain.Alarms;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Tests;

public sealed class AlarmGuideTests
{
    [Test]
    public void Guide_KnowsExactlyTheAlarmsOfTheTagContract([Values] Unit unit)
    {
        Assert.That(
            AlarmGuide.Of(unit).Select(e => (e.Name, e.Severity)).Order(),
            Is.EqualTo(AlarmContract.Of(unit).Select(a => (a.Name, a.Severity)).Order()));
        Assert.That(
            AlarmGuide.Of(unit).SelectMany(e => new[] { e.Cause, e.UnitDoes, e.Response }),
            Has.All.EndsWith(".").And.All.Not.Length.LessThan(10));
    }
}
