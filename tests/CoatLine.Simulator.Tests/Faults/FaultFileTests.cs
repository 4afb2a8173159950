using CoatLine.Simulator.Faults;

namespace CoatLine.Simulator.Tests.Faults;

public class FaultFileTests
{
    [Test]
    public void Scenario_IsReadWithItsUnitsAndTriggers()
    {
        FaultReading read = FaultFile.Read("""
            # a bad day
            LidOpen cycle=7 into=95 for=30      # scenario 9
            LinkCut at=600 for=120
            StuckTag unit=Mixer tag=Live.SlurryTemp phase=10 nth=3
            """);

        Assert.That(read.Errors, Is.Empty);
        Assert.That(read.Faults, Is.EqualTo(new[]
        {
            new ScheduledFault(new Fault(FaultKind.LidOpen, "Mixer", ForS: 30), new FaultTrigger(Cycle: 7, IntoS: 95)),
            new ScheduledFault(new Fault(FaultKind.LinkCut, ForS: 120), new FaultTrigger(AtS: 600)),
            new ScheduledFault(
                new Fault(FaultKind.StuckTag, "Mixer", "Live.SlurryTemp"), new FaultTrigger(Phase: 10, Nth: 3)),
        }));
    }

    [TestCase("LidOpn", "'LidOpn' is no kind of fault")]
    [TestCase("7", "'7' is no kind of fault")]
    [TestCase("LidOpen cycle=31", "cycle must be 1 to 30, not '31'")]
    [TestCase("LidOpen unit=Press", "unit: LidOpen is of the Mixer only, not of 'Press'")]
    [TestCase("LidOpen for=0", "for must be above 0 and at most 86400 s, not 0")]
    [TestCase("LidOpen amount=3", "amount: LidOpen takes none")]
    [TestCase("LelRise", "amount (%LEL) must be 0.1 to 100, not ")]
    [TestCase("LelRise amount=NaN", "amount must be a number, not 'NaN'")]
    [TestCase("StuckTag unit=Mixer", "tag: StuckTag needs one")]
    [TestCase("PlcRestart unit=Oven", "unit must be one of Balance")]
    [TestCase("LinkCut unit=Mixer", "unit: LinkCut is of the whole line")]
    [TestCase("LinkCut at=1 phase=10", "at: a fault begins at a time or in a phase, not both")]
    [TestCase("LinkCut at=1 at=2", "at stands 2 times")]
    [TestCase("LinkCut when=1", "'when' is no field")]
    [TestCase("random=3", "random and seed are needed together")]
    public void Mistake_IsNamedWithLineFieldAndLimit(string line, string error)
    {
        FaultReading read = FaultFile.Read("LinkCut at=1 for=5\n" + line);
        Assert.That(read.Faults, Is.Empty);
        Assert.That(read.Errors, Has.Some.StartsWith("line 2: " + error));
    }

    [Test]
    public void Drawn_AreTheSameForTheSameSeed_AndAllCanBePutOn()
    {
        FaultReading read = FaultFile.Read("random=200 seed=5");
        Assert.That(read.Errors, Is.Empty);
        Assert.That(read.Faults, Is.EqualTo(FaultFile.Read("random=200 seed=5").Faults));
        Assert.That(read.Faults, Is.Not.EqualTo(FaultFile.Read("random=200 seed=6").Faults));
        Assert.That(read.Faults.SelectMany(f => FaultCatalogue.Errors(f.Fault)), Is.Empty);
        Assert.That(read.Faults.Select(f => f.Fault.Kind).Distinct().Count(), Is.EqualTo(FaultCatalogue.All.Length));
    }

    [Test]
    public void Written_IsReadAsTheSame()
    {
        foreach (ScheduledFault fault in FaultFile.Read("random=50 seed=1").Faults)
        {
            Assert.That(FaultFile.Read(FaultFile.Write(fault)).Faults, Is.EqualTo(new[] { fault }));
        }
    }

    [Test]
    public void Catalogue_IsInTheOrderOfTheKinds() =>
        Assert.That(FaultCatalogue.All.Select(e => e.Kind), Is.EqualTo(Enum.GetValues<FaultKind>()));
}
