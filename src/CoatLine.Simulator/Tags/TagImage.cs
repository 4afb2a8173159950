namespace CoatLine.Simulator.Tags;

/// <summary>
/// The memory image of one unit: what its PLC holds, tag by tag. A value of the wrong type or a tag that the contract
/// does not have is a programmer's mistake and throws. Not thread-safe; the line's lock guards it.
/// </summary>
internal sealed class TagImage
{
    private readonly Dictionary<string, Cell> cells;
    private readonly List<Cell> dirty = [];
    private HashSet<string> stuck = [];
    private long settings;

    /// <summary>Sets up every tag of the unit with its initial value.</summary>
    public TagImage(IEnumerable<TagDefinition> tags, DateTime now)
    {
        cells = tags.ToDictionary(t => t.Name, t => new Cell(t, t.InitialValue, now), StringComparer.Ordinal);
        foreach (Cell cell in cells.Values)
        {
            MarkDirty(cell);
        }
    }

    /// <summary>Every tag with its value and source time.</summary>
    public IEnumerable<Cell> Cells => cells.Values;

    /// <summary>Definition of a tag.</summary>
    public TagDefinition Definition(string tag) => cells[tag].Tag;

    /// <summary>Value of a tag.</summary>
    public object this[string tag] => cells[tag].Value;

    /// <summary>Value of a tag, typed.</summary>
    public T Get<T>(string tag) => (T)cells[tag].Value;

    /// <summary>Sets a value; the source time always moves, so that a steady value is seen to be alive.</summary>
    public void Set(string tag, object value, DateTime at)
    {
        Cell cell = cells[tag];
        if (value.GetType() != cell.Tag.ValueType)
        {
            throw new ArgumentException(
                $"{cell.Tag.NodeId} holds {cell.Tag.ValueType.Name}, not {value.GetType().Name}", nameof(value));
        }

        cell.Value = stuck.Contains(tag) ? cell.Value : value;
        cell.SourceTime = at;
        MarkDirty(cell);
    }

    /// <summary>Makes tags stand still, and others not Good; all the rest is sound again.</summary>
    public void Disturb(HashSet<string> standing, HashSet<string> bad, DateTime at)
    {
        stuck = standing;
        foreach (Cell cell in cells.Values.Where(c => c.IsBad != bad.Contains(c.Tag.Name)))
        {
            (cell.IsBad, cell.SourceTime) = (!cell.IsBad, at);
            MarkDirty(cell);
        }
    }

    /// <summary>Whether the unit has a tag of this name.</summary>
    public bool Has(string tag) => cells.ContainsKey(tag);

    /// <summary>Takes the tags that were set since the last call, in the order of their last setting.</summary>
    public IReadOnlyList<Cell> TakeChanges()
    {
        Cell[] changes = [.. dirty.OrderBy(c => c.LastSetting)];
        dirty.Clear();
        foreach (Cell cell in changes)
        {
            cell.IsDirty = false;
        }

        return changes;
    }

    private void MarkDirty(Cell cell)
    {
        cell.LastSetting = ++settings;
        if (!cell.IsDirty)
        {
            cell.IsDirty = true;
            dirty.Add(cell);
        }
    }

    /// <summary>One tag's memory.</summary>
    internal sealed class Cell(TagDefinition tag, object value, DateTime sourceTime)
    {
        /// <summary>What the contract says of it.</summary>
        public TagDefinition Tag { get; } = tag;

        /// <summary>Its value.</summary>
        public object Value { get; set; } = value;

        /// <summary>Line time (UTC) at which the value was true.</summary>
        public DateTime SourceTime { get; set; } = sourceTime;

        /// <summary>Whether its sensor has failed.</summary>
        public bool IsBad { get; set; }

        internal bool IsDirty { get; set; }

        internal long LastSetting { get; set; }
    }
}
