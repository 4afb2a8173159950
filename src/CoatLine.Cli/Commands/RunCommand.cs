using System.CommandLine;
using CoatLine.Cli.Recipes;
using CoatLine.Cli.Running;
using CoatLine.Cli.Simulation;
using CoatLine.Hosting;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline run</c>: the main job.</summary>
internal static class RunCommand
{
    public static Command Create(TimeProvider real)
    {
        Option<FileInfo?> recipe = new("--recipe")
        {
            Description = $"Recipe of a new batch (default: {RecipeSource.DefaultName}, which came with the program)",
            HelpName = "FILE",
        };
        Option<double> speed = CommonOptions.Speed(CommonOptions.DefaultSpeed);
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<int> batches = CommonOptions.Number(
            "--batches", "New batches made at the same time, where none is open", 1, 1, 8);
        Option<bool> once = new("--once")
        {
            Description = "End after the batches; exit 0 only when each is released, or concluded as a trial",
        };
        Option<string?> line = CommonOptions.Url(
            "--line", "A line to drive instead of a simulator, opc.tcp://HOST:PORT");
        Option<int> seed = CommonOptions.Number(
            "--seed", "Seed of a new simulator", SimulatorProcess.DefaultSeed, 0, int.MaxValue);
        Option<FileInfo?> faults = SimFaultCommand.File();
        SecurityOptions security = new();
        FeedOptions feed = new();
        Option<OpcUaStack> stack = new("--stack")
        {
            Description = "OPC UA stack; Foundation where the program was built with it",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("run", "Make an electrode: start simulator and MES, run the batch, print the verdict")
        {
            recipe, batches, speed, data, once, line, seed, faults, stack, json,
        };
        OrderOptions order = new();
        order.AddTo(command);
        security.AddTo(command);
        feed.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            OpcUaOptions opcUa = security.Of(parsed);
            opcUa.Stack = parsed.GetValue(stack);
            RunSettings settings = new()
            {
                Recipe = parsed.GetValue(recipe) is { } file ? RecipeSource.FromFile(file) : RecipeSource.Default(),
                Order = order.Of(parsed),
                Batches = parsed.GetValue(batches),
                DataDirectory = parsed.GetRequiredValue(data).FullName,
                Speed = parsed.GetResult(speed) is { Implicit: false } ? parsed.GetValue(speed) : null,
                Seed = parsed.GetValue(seed),
                Faults = SimFaultCommand.Read(parsed.GetValue(faults)),
                Once = parsed.GetValue(once),
                LineUrl = parsed.GetValue(line),
                Security = opcUa,
                Feed = feed.Of(parsed),
            };
            return new BatchRun(settings, CommonOptions.Report(parsed.GetValue(json)), real)
                .RunAsync(cancellationToken);
        });
        return command;
    }
}
