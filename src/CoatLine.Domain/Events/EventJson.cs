using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events;

/// <summary>
/// How facts are written as JSON: snake_case names and enum values, decimals as they are, request ids as sixteen
/// hexadecimal digits (a 64-bit number would lose digits in most readers). A field that is missing on reading is an
/// error unless its constructor gives a default; a field that is not known is left alone, so that an older reader
/// survives a newer writer.
/// </summary>
internal static class EventJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            // µ and ≤ stay readable; the text goes into no HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters =
            {
                new RequestIdConverter(),
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class RequestIdConverter : JsonConverter<RequestId>
    {
        public override RequestId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            RequestId.TryParse(reader.GetString(), out RequestId id)
                ? id
                : throw new JsonException("a request id has sixteen hexadecimal digits");

        public override void Write(Utf8JsonWriter writer, RequestId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
