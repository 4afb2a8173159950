using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.Tests.Server;

internal sealed class IndexRangeTests
{
    private static readonly Variant Matrix = Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("2:2")]
    [TestCase("1:2:3")]
    [TestCase("1,")]
    [TestCase(" 1")]
    [TestCase("2147483648")]
    [TestCase("0,0,0,0,0,0,0,0,0")]
    public void Text_ThatIsNoRange_IsRefused(string text) =>
        Assert.That(IndexRange.TryParse(text, out _), Is.False);

    [TestCase("1,0:1", new[] { 4, 5 }, new[] { 1, 2 })]
    [TestCase("0:1,2", new[] { 3, 6 }, new[] { 2, 1 })]
    [TestCase("0:9,1:9", new[] { 2, 3, 5, 6 }, new[] { 2, 2 })]
    public void Matrix_CutToARange_IsThatBlock(string text, int[] elements, int[] dimensions)
    {
        Assert.That(Parse(text).Cut(Matrix, out var part), Is.EqualTo(StatusCodes.Good));
        Assert.That(part, Is.EqualTo(Variant.OfArray(BuiltInType.Int32, elements, dimensions)));
    }

    [TestCase("0")]
    [TestCase("0,0,0")]
    [TestCase("2,0")]
    [TestCase("0,3")]
    public void Matrix_CutWhereItIsNot_HasNoData(string text) =>
        Assert.That(Parse(text).Cut(Matrix, out _), Is.EqualTo(StatusCodes.BadIndexRangeNoData));

    [Test]
    public void Matrix_PastedInto_KeepsTheRest()
    {
        var block = Variant.OfArray(BuiltInType.Int32, new[] { 9, 8 }, [2, 1]);
        Assert.That(Parse("0:1,1").Paste(Matrix, block, out var whole), Is.EqualTo(StatusCodes.Good));
        Assert.That(whole, Is.EqualTo(Variant.OfArray(BuiltInType.Int32, new[] { 1, 9, 3, 4, 8, 6 }, [2, 3])));
        Assert.That(Parse("0:1,0:1").Paste(Matrix, block, out _), Is.EqualTo(StatusCodes.BadIndexRangeDataMismatch));
        Assert.That(Parse("1:2,0").Paste(Matrix, block, out _), Is.EqualTo(StatusCodes.BadIndexRangeNoData));
    }

    [Test]
    public void Texts_AreCutByCharactersAndOctets()
    {
        Assert.That(Parse("1:2").Cut(Variant.Of("abcd"), out var text), Is.EqualTo(StatusCodes.Good));
        Assert.That(text, Is.EqualTo(Variant.Of("bc")));
        var four = Variant.Of(new byte[] { 1, 2, 3, 4 });
        Assert.That(Parse("3:9").Cut(four, out var octets), Is.EqualTo(StatusCodes.Good));
        Assert.That(octets, Is.EqualTo(Variant.Of(new byte[] { 4 })));
        Assert.That(Parse("4").Cut(Variant.Of("abcd"), out _), Is.EqualTo(StatusCodes.BadIndexRangeNoData));
        Assert.That(Parse("0").Cut(Variant.Of((string?)null), out _), Is.EqualTo(StatusCodes.BadIndexRangeNoData));
        Assert.That(Parse("0").Cut(Variant.Of(1), out _), Is.EqualTo(StatusCodes.BadIndexRangeNoData));
    }

    private static IndexRange Parse(string text) => IndexRange.TryParse(text, out var range)
        ? range
        : throw new AssertionException($"'{text}' is a range");
}
