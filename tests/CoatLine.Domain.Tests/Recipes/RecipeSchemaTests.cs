using System.Globalization;
using System.Text.Json;
using CoatLine.Domain.Recipes;
using NJsonSchema;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace CoatLine.Domain.Tests.Recipes;

public sealed class RecipeSchemaTests
{
    private const string Dilution = "dilution:\n      material: nmp\n      ";

    [TestCaseSource(typeof(RecipeFiles), nameof(RecipeFiles.All))]
    public async Task Schema_AcceptsEveryRecipeOfTheRepository(string name)
    {
        Assert.That(await ErrorsAsync(RecipeFiles.Text(name)), Is.Empty);
    }

    [TestCase("version: 1", "version: 0")]
    [TestCase("version: 1", "edition: 1")]
    [TestCase("class: production", "class: prod")]
    [TestCase("recipe: embodiment-4", "recipe: Embodiment 4")]
    [TestCase("layer: top", "layer: second")]
    [TestCase("mass: 0.3 g", "mass: 0.3")]
    [TestCase("mass: 0.3 g", "mass: -1 g")]
    [TestCase("mass: 0.3 g", "mass: 0 g")]
    [TestCase("mass: 0.3 g", "mass: 0.3 kg")]
    [TestCase("mass: 0.3 g", "mass: 0.3 g\n        colour: grey")]
    [TestCase("d50: 40 nm", "d50: 40 µm")]
    [TestCase("primary_particle", "light_scattering")]
    [TestCase("type: carbon black", "type: diamond")]
    [TestCase("cycles: 12", "cycles: 31")]
    [TestCase("cycles: 12", "cycles: 12.5")]
    [TestCase("cycle_time: 180 s", "cycle_time: 3 min")]
    [TestCase("kind: solvent", "kind: silver")]
    public async Task Schema_RefusesWhatTheReaderRefuses(string oldText, string newText)
    {
        string yaml = newText == "kind: silver"
            ? RecipeFiles.With(Dilution + oldText, Dilution + newText)
            : RecipeFiles.With(oldText, newText);

        Assert.That(RecipeFile.Read(yaml, "bad.yaml").Errors, Is.Not.Empty);
        Assert.That(await ErrorsAsync(yaml), Is.Not.Empty);
    }

    [TestCase("0.2 mAh", "1 mAh", true)]
    [TestCase("0.2", "1 mAh", false)]
    [TestCase("0.2 mAh", "0 mAh", false)]
    [TestCase("0.2 mAh", "1 Ah", false)]
    public async Task Schema_AndReader_AgreeOnACell(string negative, string positive, bool accepted)
    {
        string yaml = RecipeFiles.Cell(negative, positive);

        Assert.That(RecipeFile.Read(yaml, "cell.yaml").Errors.IsEmpty, Is.EqualTo(accepted));
        Assert.That((await ErrorsAsync(yaml)).Count == 0, Is.EqualTo(accepted));
    }

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> ErrorsAsync(string yaml)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(RecipeFiles.Schema());
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return schema.Validate(JsonSerializer.Serialize(Plain(stream.Documents[0].RootNode)));
    }

    // Plain scalars that look like numbers are numbers, as in the YAML core schema that editors apply.
    private static object? Plain(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(c => ((YamlScalarNode)c.Key).Value!, c => Plain(c.Value)),
        YamlSequenceNode list => list.Children.Select(Plain).ToList(),
        YamlScalarNode text when decimal.TryParse(
            text.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => ((YamlScalarNode)node).Value,
    };
}
