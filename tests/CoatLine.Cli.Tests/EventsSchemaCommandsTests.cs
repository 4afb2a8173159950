using System.CommandLine;
using System.Text.Json;
using CoatLine.Cli.Commands;
using CoatLine.Domain.Events;

namespace CoatLine.Cli.Tests;

/// <summary>What <c>coatline events schema</c> and <c>events asyncapi</c> print and write.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class EventsSchemaCommandsTests
{
    [TestCase("batch-released")]
    [TestCase("coatline.batch-released.v1")]
    public async Task Schema_OfAType_IsThatOfTheNewestVersion(string type)
    {
        (int code, string output) = await RunAsync("schema", type);

        using JsonDocument schema = JsonDocument.Parse(output);
        Assert.That(code, Is.EqualTo(ExitCode.Done));
        Assert.That(
            schema.RootElement.GetProperty("$id").GetString(),
            Is.EqualTo("urn:coatline:event:coatline.batch-released.v1"));
    }

    [TestCase("batch-relaesed")]
    [TestCase("coatline.batch-released.v9")]
    public void Schema_OfNoType_IsBadInputAndSaysWhereTheyAreListed(string type) => Assert.That(
        () => RunAsync("schema", type),
        Throws.TypeOf<CommandFailedException>()
            .With.Property(nameof(CommandFailedException.Code)).EqualTo(ExitCode.BadInput)
            .And.Message.EqualTo($"'{type}' is no event type; 'coatline events schema' lists them"));

    [Test]
    public async Task Schema_WithoutAType_ListsEveryType()
    {
        (int code, string output) = await RunAsync("schema", "--json");

        using JsonDocument answer = JsonDocument.Parse(output);
        Assert.That(code, Is.EqualTo(ExitCode.Done));
        Assert.That(
            answer.RootElement.GetProperty("types").EnumerateArray().Select(t => t.GetProperty("type").GetString()),
            Is.EqualTo(EventCatalog.TypeNames));
    }

    [Test]
    public async Task Schema_IntoAFolder_WritesEveryFileThere()
    {
        DirectoryInfo parent = Directory.CreateTempSubdirectory("coatline-cli-schemas-");
        string folder = Path.Combine(parent.FullName, "new");
        try
        {
            (int code, _) = await RunAsync("schema", "--out", folder);

            Assert.That(code, Is.EqualTo(ExitCode.Done));
            Assert.That(
                Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)),
                Is.EquivalentTo(EventCatalog.TypeNames.Select(t => t + ".json").Append("asyncapi.json")));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Schema_OfATypeIntoAFolder_IsRefused()
    {
        (int code, _) = await RunAsync("schema", "batch-released", "--out", "nowhere");

        Assert.That(code, Is.Not.Zero);
        Assert.That(Directory.Exists("nowhere"), Is.False);
    }

    [Test]
    public async Task AsyncApi_Printed_IsTheDocument()
    {
        (int code, string output) = await RunAsync("asyncapi");

        using JsonDocument document = JsonDocument.Parse(output);
        Assert.That(code, Is.EqualTo(ExitCode.Done));
        Assert.That(document.RootElement.GetProperty("asyncapi").GetString(), Is.EqualTo("3.0.0"));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        TextWriter outputBefore = Console.Out;
        TextWriter errorsBefore = Console.Error;
        using StringWriter output = new();
        Console.SetOut(output);
        Console.SetError(TextWriter.Null);
        try
        {
            int code = await CommandTree.Build(TimeProvider.System)
                .Parse(["events", .. arguments])
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return (code, output.ToString());
        }
        finally
        {
            Console.SetOut(outputBefore);
            Console.SetError(errorsBefore);
        }
    }
}
