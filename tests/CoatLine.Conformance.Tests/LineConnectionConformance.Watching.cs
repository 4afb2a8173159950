using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Conformance.Tests;

public sealed partial class LineConnectionConformance
{
    private const int Burst = 16;

    [Test]
    public async Task Subscribe_NewWatch_ReportsPresentValuesAndWhatIsMissing()
    {
        await using Watch watch =
            await Watch.StartAsync(connection, Token, "Types.Locked", "Types.Bad", "Mixer.Live.Nonsense");
        var seen = new Dictionary<string, DataValue>();
        while (seen.Count < 3)
        {
            TagChange change = await watch.NextAsync(Token);
            seen.Add(change.Address.Tag, change.Value);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen["Types.Locked"].Value, Is.EqualTo(Variant.Of(5)));
            Assert.That(seen["Types.Bad"].Status, Is.EqualTo(StatusCodes.BadSensorFailure));
            Assert.That(seen["Mixer.Live.Nonsense"].Status, Is.EqualTo(StatusCodes.BadNoMatch));
        }
    }

    [Test]
    public async Task Subscribe_ValuesOneByOne_ArriveEachOnceInOrder()
    {
        await WriteAsync("Types.Counter", Variant.Of(0));
        await using Watch watch = await Watch.StartAsync(connection, Token, "Types.Counter");
        Assert.That((await watch.NextAsync(Token)).Value.Value, Is.EqualTo(Variant.Of(0)));
        for (int i = 1; i <= 20; i++)
        {
            await WriteAsync("Types.Counter", Variant.Of(i));
            Assert.That((await watch.NextAsync(Token)).Value.Value, Is.EqualTo(Variant.Of(i)));
        }
    }

    [Test]
    public async Task Subscribe_BurstInOneCall_IsInOrderAndEndsWithTheLast()
    {
        await WriteAsync("Types.Counter", Variant.Of(0));
        await using Watch watch = await Watch.StartAsync(connection, Token, "Types.Counter");
        await watch.NextAsync(Token);
        await connection.WriteAsync(
            [.. Enumerable.Range(1, Burst).Select(i => new TagWrite(new TagAddress("Types.Counter"), Variant.Of(i)))],
            Token);
        var seen = new List<int>();
        do
        {
            seen.Add((await watch.NextAsync(Token)).Value.Value.Get<int>());
        }
        while (seen[^1] != Burst);

        // What lies between two looks of the server may be merged; what is reported is never swapped or doubled.
        Assert.That(seen, Is.Ordered.Ascending.And.Unique);
    }

    [Test]
    public async Task Subscribe_Ended_ReportsNoMore()
    {
        await WriteAsync("Types.Counter", Variant.Of(0));
        Watch ended = await Watch.StartAsync(connection, Token, "Types.Counter");
        await ended.NextAsync(Token);
        await ended.DisposeAsync();
        await using Watch watch = await Watch.StartAsync(connection, Token, "Types.Counter");
        await watch.NextAsync(Token);
        await WriteAsync("Types.Counter", Variant.Of(1));
        await watch.NextAsync(Token);
        Assert.That(ended.TryNext(out TagChange late), Is.False, late.ToString());
    }
}
