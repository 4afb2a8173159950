using System.Text.Json.Nodes;

namespace CoatLine.Domain.Tests.Events;

/// <summary>A document that was changed in one place, so that its schema must refuse it.</summary>
internal sealed record Mutant(string What, JsonNode Document);

/// <summary>Every change of one place that a schema must notice, made from the schema itself.</summary>
internal static class Mutants
{
    public static IEnumerable<Mutant> Of(JsonObject schema, JsonObject document)
    {
        List<(string What, Action<JsonNode> Change)> changes = [];
        Collect(schema, document, [], changes);
        foreach ((string what, Action<JsonNode> change) in changes)
        {
            JsonNode copy = document.DeepClone();
            change(copy);
            yield return new Mutant(what, copy);
        }
    }

    private static void Collect(
        JsonObject schema, JsonNode? value, string[] path, List<(string, Action<JsonNode>)> changes)
    {
        if (path.Length > 0)
        {
            changes.AddRange(Wrong(schema).Select(w => (
                $"{string.Join('.', path)} = {w?.ToJsonString() ?? "null"}",
                (Action<JsonNode>)(d => Set(d, path, w)))));
        }

        if (value is JsonArray array && schema["items"] is JsonObject items && array.Count > 0)
        {
            Collect(items, array[0], [.. path, "0"], changes);
        }

        if (value is not JsonObject members)
        {
            return;
        }

        foreach (string name in schema["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? [])
        {
            string[] at = [.. path, name];
            changes.Add(($"{string.Join('.', at)} left away", d => Take(d, path, name)));
            changes.Add(($"{string.Join('.', at)} renamed", d =>
                Owner(d, path)[name + "_x"] = Take(d, path, name)));
        }

        foreach ((string name, JsonNode? member) in schema["properties"]?.AsObject() ?? [])
        {
            if (members.TryGetPropertyValue(name, out JsonNode? inner))
            {
                Collect(member!.AsObject(), inner, [.. path, name], changes);
            }
        }
    }

    private static IEnumerable<JsonNode?> Wrong(JsonObject schema)
    {
        string[] types = schema["type"] is JsonArray several
            ? [.. several.Select(t => t!.GetValue<string>())]
            : [schema["type"]!.GetValue<string>()];
        if (!types.Contains("string"))
        {
            yield return "text";
        }

        if (!types.Contains("number"))
        {
            yield return 1.25m;
        }

        if (!types.Contains("boolean"))
        {
            yield return true;
        }

        if (!types.Contains("null"))
        {
            yield return null;
        }

        if (!types.Contains("object"))
        {
            yield return new JsonObject();
        }

        if (!types.Contains("array"))
        {
            yield return new JsonArray();
        }

        if (((string[])["enum", "const", "pattern", "format"]).Any(schema.ContainsKey))
        {
            yield return "no such value";
        }

        if (schema["minimum"] is { } low)
        {
            yield return low.GetValue<long>() - 1;
        }

        if (schema["maximum"] is { } high)
        {
            yield return high.GetValue<long>() + 1;
        }
    }

    private static void Set(JsonNode document, string[] path, JsonNode? value)
    {
        JsonNode owner = Owner(document, path[..^1]);
        if (owner is JsonArray array)
        {
            array[int.Parse(path[^1])] = value?.DeepClone();
        }
        else
        {
            owner[path[^1]] = value?.DeepClone();
        }
    }

    private static JsonNode? Take(JsonNode document, string[] path, string name)
    {
        JsonObject owner = Owner(document, path).AsObject();
        JsonNode? taken = owner[name];
        owner.Remove(name);
        return taken;
    }

    private static JsonNode Owner(JsonNode document, string[] path) =>
        path.Aggregate(document, (at, name) => at is JsonArray array ? array[int.Parse(name)]! : at[name]!);
}
