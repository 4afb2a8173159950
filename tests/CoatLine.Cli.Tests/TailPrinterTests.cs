using System.Text;
using CoatLine.Cli.Watching;
using CoatLine.Messaging.Tailing;

namespace CoatLine.Cli.Tests;

[TestFixture]
internal sealed class TailPrinterTests : IDisposable
{
    private const string Document =
        """{"type":"coatline.recipe-retired.v9","line":"line-1","seq":7,"subject":"B-1","data":{}}""";

    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [SetUp]
    public void Begin() => _output.GetStringBuilder().Clear();

    [TestCase(null, true)]
    [TestCase("recipe-retired", true)]
    [TestCase("coatline.recipe-retired.v9", true)]
    [TestCase("coatline.recipe-retired.v8", false)]
    [TestCase("recipe", false)]
    public void Event_OfAnotherType_IsLeftOut(string? type, bool isShown)
    {
        new TailPrinter(_output, type, 0, false, true).Show(Event());

        Assert.That(_output.ToString(), Is.EqualTo(isShown ? Document + "\n" : ""));
    }

    [TestCase(false, "     7  12:00  coatline.recipe-retired.v9  B-1\n")]
    [TestCase(true, "line-1         7  12:00  coatline.recipe-retired.v9  B-1\n")]
    public void Event_OfATypeThatIsNotKnownHere_IsPrintedAllTheSame(bool withLine, string expected)
    {
        new TailPrinter(_output, null, 0, withLine, false).Show(Event());

        Assert.That(_output.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Count_OfWhatIsShown_EndsIt()
    {
        TailPrinter printer = new(_output, "recipe-retired", 2, false, true);

        bool[] goesOn = [printer.Show(Event() with { Type = "x" }), printer.Show(Event()), printer.Show(Event())];

        Assert.That(goesOn, Is.EqualTo(new[] { true, true, false }));
        Assert.That(printer.IsEnough, Is.True);
    }

    private static TailedEvent Event() => new(
        "line-1", 7, "coatline.recipe-retired.v9", "B-1", "12:00", Encoding.UTF8.GetBytes(Document));
}
