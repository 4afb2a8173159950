using System.Collections.Immutable;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Recipes;

/// <summary>Reads <c>recipes/site.yaml</c>: every value as <c>{ value: 150 µm, mark: E }</c>.</summary>
internal static class SiteFile
{
    private const string ResourceName = "CoatLine.Domain.site.yaml";

    /// <summary>The set embedded in this assembly.</summary>
    public static Lazy<SiteParameters> Embedded { get; } = new(ReadEmbedded);

    /// <summary>Reads a set.</summary>
    /// <returns>The set, or every error; never both.</returns>
    public static (SiteParameters? Site, ImmutableArray<RecipeError> Errors) Read(string yaml, string fileName) =>
        YamlFile.Read(yaml, fileName, static root => new SiteReader().Root(root));

    /// <summary>The text of the set embedded in this assembly.</summary>
    public static string EmbeddedText()
    {
        using Stream stream = typeof(SiteFile).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the assembly has no resource {ResourceName}");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static SiteParameters ReadEmbedded()
    {
        (SiteParameters? site, ImmutableArray<RecipeError> errors) = Read(EmbeddedText(), "site.yaml");
        return site ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    /// <summary>Reads one file, gathering marks and the canonical form on the way.</summary>
    private sealed class SiteReader
    {
        private readonly ImmutableSortedDictionary<string, ValueMark>.Builder _marks =
            ImmutableSortedDictionary.CreateBuilder<string, ValueMark>(StringComparer.Ordinal);

        private readonly CanonicalForm _form = new("coatline.site.v1");

        public SiteParameters Root(FieldReader root)
        {
            string id = root.Code("site");
            _form.Add("site", id);
            SiteParameters site = new(
                id,
                Section(root, "weighing", Weighing),
                Section(root, "mixing", Mixing),
                Section(root, "coating", Coating),
                Section(root, "drying", Drying),
                Section(root, "pressing", Pressing),
                Section(root, "measuring", Measuring),
                Section(root, "planning", Planning),
                Section(root, "base", Porosities),
                Section(root, "top", Porosities),
                Section(root, "densities", Densities),
                ImmutableSortedDictionary<string, ValueMark>.Empty,
                string.Empty);
            if (root.Has("statistics"))
            {
                site = site with { Statistics = Section(root, "statistics", Statistics) };
            }

            root.Finish();
            return site with { Marks = _marks.ToImmutable(), ContentHash = _form.Hash() };
        }

        private static T Section<T>(FieldReader root, string key, Func<FieldReader, T> read)
        {
            FieldReader section = root.Map(key);
            T value = read(section);
            section.Finish();
            return value;
        }

        private decimal Value(FieldReader section, string key, string unit, Bounds limits)
        {
            FieldReader field = section.Map(key);
            decimal value = field.Quantity("value", unit, limits);
            ValueMark mark = field.Choice(
                "mark", ("E", ValueMark.Estimate), ("C", ValueMark.Computed), ("T", ValueMark.Trade));
            field.Finish();
            _marks[field.Path] = mark;
            _form.Add(field.Path, value).Add(field.Path + ".mark", mark.ToString());
            return value;
        }

        private decimal Percent(FieldReader section, string key, decimal high = 99.9m) =>
            Value(section, key, "%", Bounds.Between(0m, high)) / 100m;

        private decimal Above(FieldReader section, string key, string unit, decimal high) =>
            Value(section, key, unit, Bounds.AboveUpTo(0m, high));

        private int Count(FieldReader section, string key)
        {
            decimal value = Value(section, key, string.Empty, Bounds.Between(1m, 25m));
            if (value != decimal.Truncate(value))
            {
                section.Refuse(key, $"{key} must be a whole number");
            }

            return (int)value;
        }

        private WeighingParameters Weighing(FieldReader s) => new(
            Percent(s, "carbon", 10m),
            Percent(s, "silver", 10m),
            Percent(s, "binder_solution", 10m),
            Percent(s, "solvent", 10m));

        private MixingParameters Mixing(FieldReader s) => new(
            new(Above(s, "speed_tolerance", "rpm", 200m)),
            new(Above(s, "step_tolerance", "s", 60m)),
            new(Above(s, "start_at_most", "°C", 100m)),
            new(Above(s, "warn_above", "°C", 100m)),
            new(Above(s, "stop_above", "°C", 100m)),
            new(Above(s, "pot_life_base", "s", 86_400m)),
            new(Above(s, "pot_life_top", "s", 86_400m)));

        private CoatingParameters Coating(FieldReader s)
        {
            CoatingParameters coating = new(
                new(Above(s, "blade_gap_base", "µm", 1000m)),
                Above(s, "wet_film_factor", "µm/µm", 1m),
                new(Value(s, "speed", "mm/s", Bounds.Between(10m, 30m))),
                new(Value(s, "stroke", "mm", Bounds.Between(10m, 1000m))),
                new(Above(s, "gap_tolerance", "µm", 50m)),
                new(Above(s, "gap_resolution", "µm", 10m)),
                new(Above(s, "coat_two_within", "s", 604_800m)));

            // Sets pinned before these values stood in the file keep their hash: what is not there is not added.
            return coating with
            {
                Width = s.Has("width")
                    ? new(Value(s, "width", "mm", Bounds.Between(10m, 1000m)))
                    : coating.Width,
                JarDeadVolume = s.Has("jar_dead_volume")
                    ? new(Value(s, "jar_dead_volume", "cm³", Bounds.Between(0m, 100m)))
                    : coating.JarDeadVolume,
                DrawFactor = s.Has("draw_factor")
                    ? Value(s, "draw_factor", string.Empty, Bounds.Between(1m, 5m))
                    : coating.DrawFactor,
            };
        }

        private DryingParameters Drying(FieldReader s) => new(
            new(Value(s, "segment_1_temperature", "°C", Bounds.Between(20m, 150m))),
            new(Above(s, "segment_1_time", "s", 86_400m)),
            new(Value(s, "segment_2_temperature", "°C", Bounds.Between(20m, 150m))),
            new(Above(s, "segment_2_time", "s", 86_400m)),
            new(Value(s, "segment_2_pressure", "kPa", Bounds.Between(0m, 110m))),
            new(Value(s, "ramp", "K/min", Bounds.Between(0.1m, 20m))),
            Above(s, "temperature_tolerance", "K", 20m),
            Percent(s, "residual_before_coat_two"),
            Percent(s, "residual_final"));

        private PressingParameters Pressing(FieldReader s)
        {
            PressingParameters pressing = new(
                new(Above(s, "pressure", "MPa", 600m)),
                new(Above(s, "pressure_band", "MPa", 50m)),
                new(Value(s, "temperature", "°C", Bounds.Between(20m, 150m))),
                Above(s, "temperature_band", "K", 20m),
                new(Value(s, "dwell", "s", Bounds.Between(1m, 86_400m))),
                new(Value(s, "ramp", "MPa/min", Bounds.Between(1m, 1000m))));
            return s.Has("press_within")
                ? pressing with { Within = new(Above(s, "press_within", "s", 2_592_000m)) }
                : pressing;
        }

        private MeasuringParameters Measuring(FieldReader s) => new(
            Count(s, "profile_points"),
            new(Value(s, "edge_margin", "mm", Bounds.Between(0m, 100m))),
            Count(s, "punch_samples"),
            new(Value(s, "punch_area", "cm²", Bounds.Between(0.1m, 100m))),
            Count(s, "roughness_samples"),
            new(Above(s, "gauge_class", "µm", 50m)));

        private PlanningParameters Planning(FieldReader s) => new(
            Percent(s, "beta_uncertainty"),
            new(Above(s, "gap_uncertainty", "µm", 50m)),
            new(Above(s, "base_uncertainty", "µm", 50m)),
            new(Above(s, "gauge_uncertainty", "µm", 50m)),
            Value(s, "planning_z", string.Empty, Bounds.Between(0m, 10m)),
            Value(s, "measured_z", string.Empty, Bounds.Between(0m, 10m)));

        private PorosityChange Porosities(FieldReader s) =>
            new(Percent(s, "porosity_before"), Percent(s, "porosity_after"));

        private StatisticsParameters Statistics(FieldReader s) => new(
            Value(s, "void_reduction_warn", "%", Bounds.Between(0m, 100m)),
            Value(s, "release_cpk", string.Empty, Bounds.Between(0m, 10m)),
            Value(s, "run_to_run_weight", string.Empty, Bounds.AboveUpTo(0m, 1m)),
            new(Above(s, "clamp_base", "µm", 100m)),
            new(Above(s, "clamp_top", "µm", 100m)));

        private MaterialDensities Densities(FieldReader s) => new(
            new(Above(s, "carbon", "g/cm³", 25m)),
            new(Above(s, "silver", "g/cm³", 25m)),
            new(Above(s, "binder", "g/cm³", 25m)),
            new(Above(s, "solvent", "g/cm³", 25m)));
    }
}
