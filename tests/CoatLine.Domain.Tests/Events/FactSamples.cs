using System.Collections.Immutable;
using System.Reflection;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Tests.Events;

/// <summary>
/// A fact of every type, made from its record's constructor: once with everything that may be there, and once with
/// nothing that may be absent.
/// </summary>
internal static class FactSamples
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The fact as it is recorded, with its hash or without.</summary>
    public static ChainedEvent Recorded(string type, bool full)
    {
        var time = new DateTimeOffset(2026, 1, 5, 6, 0, 0, 500, TimeSpan.Zero);
        var fact = (BatchEvent)Make(EventCatalog.RecordOf(type), full);
        string id = EventIdSource.Seeded(1).Next(time);
        return CloudEvent.Chain(fact, new LineId("line-1"), 1, ChainHash.Zero, id, time);
    }

    private static object Make(Type type, bool full)
    {
        if (Simple(type) is { } simple)
        {
            return simple;
        }

        if (Generic(type, typeof(ImmutableArray<>)) is { } item)
        {
            Array array = Array.CreateInstance(item, full ? 1 : 0);
            for (int i = 0; i < array.Length; i++)
            {
                array.SetValue(Make(item, full), i);
            }

            return typeof(ImmutableArray).GetMethods()
                .Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }]
                    && m.GetParameters()[0].IsDefined(typeof(ParamArrayAttribute)))
                .MakeGenericMethod(item)
                .Invoke(null, [array])!;
        }

        return type == typeof(ImmutableDictionary<string, int>)
            ? ImmutableDictionary<string, int>.Empty.Add("D-1", 2)
            : Record(type, full);
    }

    private static object? Simple(Type type) =>
        type == typeof(string) ? new string('0', 64)
        : type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.FromHours(1))
        : type == typeof(decimal) ? 1.5m
        : type == typeof(double) ? 1.5
        : type.IsEnum ? Enum.GetValues(type).GetValue(0)
        : type.IsPrimitive ? Convert.ChangeType(1, type)
        : null;

    private static object Record(Type type, bool full)
    {
        ConstructorInfo constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        object made = constructor.Invoke([.. constructor.GetParameters()
            .Select(p => Value(p.ParameterType, Nullability.Create(p).ReadState, full))]);
        IEnumerable<string> given = constructor.GetParameters().Select(p => p.Name!);
        foreach (PropertyInfo property in type.GetProperties()
            .Where(p => p.CanWrite && !p.GetMethod!.IsStatic && !given.Contains(p.Name)))
        {
            property.SetValue(
                made, Value(property.PropertyType, Nullability.Create(property).ReadState, full));
        }

        return made;
    }

    private static object? Value(Type type, NullabilityState state, bool full) =>
        state == NullabilityState.Nullable && !full ? null : Make(Nullable.GetUnderlyingType(type) ?? type, full);

    private static Type? Generic(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments()[0] : null;
}
