using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CoatLine.OpcUa;

namespace CoatLine.Bench.OpcUa;

/// <summary>Reads at full load while the token of the channel is renewed again and again, and counts.</summary>
internal static class TokenLife
{
    private const int Lanes = 16;

    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(TimeSpan life, BenchOptions options)
    {
        var time = options.Time ?? UsualTime;
        using var trust = new Trust();
        await using var server = ChildProcess.OfThisProgram(
            "opcua-server", trust.Root, life.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        var url = await server.WaitForAsync("URL");
        Console.WriteLine(OpcUaBench.Machine());
        var results = new List<object>();
        foreach (var security in Enum.GetValues<SecurityLevel>())
        {
            var (sent, answered, seconds) = await CountAsync(url, security, trust, life, time);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{security}: token life {life.TotalSeconds} s, {seconds:0.0} s: "
                + $"{sent} sent, {answered} answered, {sent - answered} lost"));
            results.Add(new { security = security.ToString(), sent, answered, lost = sent - answered, seconds });
        }

        if (options.JsonFile is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results));
        }

        return 0;
    }

    private static async Task<(long Sent, long Answered, double Seconds)> CountAsync(
        string url, SecurityLevel security, Trust trust, TimeSpan life, TimeSpan time)
    {
        await using var client = await OurClient.ConnectAsync(url, security, trust.Client, life);
        var node = BenchNodes.Value(client.NamespaceIndex(BenchNodes.NamespaceUri)!.Value, 0);
        long sent = 0;
        long answered = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < time && client.IsConnected)
            {
                Interlocked.Increment(ref sent);
                try
                {
                    var values = await client.ReadAsync([node], CancellationToken.None).ConfigureAwait(false);
                    Interlocked.Add(ref answered, values[0].Status.IsBad ? 0 : 1);
                }
                catch (UaException lost)
                {
                    await Console.Error.WriteLineAsync(lost.Message);
                }
            }
        }));
        return (sent, answered, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
