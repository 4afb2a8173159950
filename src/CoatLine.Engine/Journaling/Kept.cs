using System.Globalization;
using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes.Approval;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine.Journaling;

/// <summary>One row of <c>kept</c>.</summary>
internal sealed record KeptRow(string Key, string Value);

/// <summary>
/// What follows from facts whose rows may be retired, as texts of a kind under a key. A row is written in the
/// transaction of the fact that changes it, so it is neither ahead of the facts nor behind them.
/// </summary>
internal static class Kept
{
    /// <summary>The kind of a lot's account; its key is the lot id.</summary>
    public const string Lot = "lot";

    /// <summary>The kind of what run-to-run control has learnt; its key is the sub-layer.</summary>
    public const string Learnt = "learnt";

    /// <summary>The kind of how many sheets a deviation has covered; its key is the deviation.</summary>
    public const string Deviation = "deviation";

    /// <summary>The kind of an entry of the recipe book; its key is id and version.</summary>
    public const string Recipe = "recipe";

    /// <summary>The kind of an alarm that stands, waits or is shelved; its key is unit and name.</summary>
    public const string Alarm = "alarm";

    /// <summary>The kind of the flood of alarms that stands; it has one row.</summary>
    public const string Flood = "alarm-flood";

    /// <summary>The alarms after a fact; the rows that it changed are written.</summary>
    public static AlarmBoard Apply(
        SqliteConnection connection, SqliteTransaction transaction, BatchEvent fact, AlarmBoard before)
    {
        AlarmBoard after = before.Apply(fact);
        foreach ((Unit Unit, string Name) key in ReferenceEquals(after.Alarms, before.Alarms)
            ? []
            : after.Alarms.Keys.Union(before.Alarms.Keys))
        {
            AlarmState? alarm = after.Alarms.GetValueOrDefault(key);
            if (!ReferenceEquals(alarm, before.Alarms.GetValueOrDefault(key)))
            {
                string? text = alarm is null ? null : AlarmText.Of(alarm);
                Keep(connection, transaction, Alarm, $"{key.Unit}/{key.Name}", text);
            }
        }

        if (!ReferenceEquals(after.Flood, before.Flood))
        {
            Keep(connection, transaction, Flood, Flood, after.Flood is { } flood ? AlarmText.Of(flood) : null);
        }

        return after;
    }

    /// <summary>The alarms as kept.</summary>
    /// <exception cref="FormatException">A row is no alarm.</exception>
    public static AlarmBoard ReadAlarms(SqliteConnection connection)
    {
        AlarmBoard board = AlarmBoard.Of(Read(connection, Alarm).Select(static row => AlarmText.ToAlarm(row.Value)));
        return Read(connection, Flood).Aggregate(board, static (b, row) => b.Apply(AlarmText.ToFlood(row.Value)));
    }

    private static void Keep(
        SqliteConnection connection, SqliteTransaction transaction, string kind, string key, string? value)
    {
        if (value is null)
        {
            connection.Execute(JournalSql.ForgetKept, new { Kind = kind, Key = key }, transaction);
        }
        else
        {
            Write(connection, transaction, kind, key, value);
        }
    }

    /// <summary>The kind of a unit in quarantine; its key is the unit, its value the reason.</summary>
    public const string Quarantined = "quarantine";

    /// <summary>The units in quarantine after a fact; the row of the unit that it is about is written.</summary>
    public static Quarantine Apply(
        SqliteConnection connection, SqliteTransaction transaction, BatchEvent fact, Quarantine before)
    {
        if (fact is UnitQuarantined e)
        {
            Write(connection, transaction, Quarantined, e.Unit.ToString(), e.Reason);
        }
        else if (fact is UnitFreed freed)
        {
            connection.Execute(
                JournalSql.ForgetKept, new { Kind = Quarantined, Key = freed.Unit.ToString() }, transaction);
        }

        return before.Apply(fact);
    }

    /// <summary>The units in quarantine as kept.</summary>
    /// <exception cref="FormatException">A key is no unit.</exception>
    public static Quarantine ReadQuarantine(SqliteConnection connection) => Quarantine.Of(
        Read(connection, Quarantined).Select(static row => Enum.TryParse(row.Key, out Unit unit)
            ? (unit, row.Value)
            : throw new FormatException($"'{row.Key}' is no unit")));

    /// <summary>The recipe book after a fact; the entry that it changed is written.</summary>
    public static RecipeBook Apply(
        SqliteConnection connection, SqliteTransaction transaction, BatchEvent fact, RecipeBook before)
    {
        RecipeBook after = before.Apply(fact);
        foreach ((string key, RecipeEntry entry) in after.Entries)
        {
            if (!ReferenceEquals(after, before) && !ReferenceEquals(before.Entries.GetValueOrDefault(key), entry))
            {
                Write(connection, transaction, Recipe, key, entry.ToJson());
            }
        }

        return after;
    }

    /// <summary>The recipe book as kept.</summary>
    /// <exception cref="FormatException">A row is no entry.</exception>
    public static RecipeBook ReadRecipes(SqliteConnection connection) =>
        RecipeBook.OfEntries(Read(connection, Recipe).Select(static row => RecipeEntry.FromJson(row.Value)));

    /// <summary>Writes what else follows from a fact: what a batch taught, and what deviations have covered.</summary>
    public static void Apply(SqliteConnection connection, SqliteTransaction transaction, BatchEvent fact)
    {
        if (fact is GapLearnt taught)
        {
            Write(connection, transaction, Learnt, taught.Layer.ToString(), taught.Learnt.ToJson());
        }

        foreach (string deviation in fact is SheetDisposed disposed ? disposed.Deviations : [])
        {
            int used = Read(connection, Deviation).Where(r => r.Key == deviation).Sum(static r => Count(r));
            Write(connection, transaction, Deviation, deviation, (used + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The number in a row.</summary>
    public static int Count(KeptRow row) => int.Parse(row.Value, CultureInfo.InvariantCulture);

    /// <summary>The stock after a fact; the lots that it changed are written.</summary>
    public static Stock Apply(
        SqliteConnection connection, SqliteTransaction transaction, BatchEvent fact, Stock before)
    {
        Stock after = before.Apply(fact);
        if (!ReferenceEquals(after, before))
        {
            foreach ((string lot, LotAccount account) in after.Lots)
            {
                if (!ReferenceEquals(before.Lot(lot), account))
                {
                    Write(connection, transaction, Lot, lot, account.ToJson());
                }
            }
        }

        return after;
    }

    /// <summary>The stock as kept.</summary>
    /// <exception cref="FormatException">A row is not an account.</exception>
    public static Stock ReadStock(SqliteConnection connection) =>
        Stock.OfAccounts(Read(connection, Lot).Select(static row => LotAccount.FromJson(row.Value)));

    /// <summary>The rows of one kind, by key.</summary>
    public static IReadOnlyList<KeptRow> Read(SqliteConnection connection, string kind) =>
        [.. connection.Query<KeptRow>(JournalSql.ReadKept, new { Kind = kind })];

    /// <summary>Puts a row in the place of the one with its kind and key, if there is one.</summary>
    public static void Write(
        SqliteConnection connection, SqliteTransaction transaction, string kind, string key, string value) =>
        connection.Execute(JournalSql.WriteKept, new { Kind = kind, Key = key, Value = value }, transaction);
}
