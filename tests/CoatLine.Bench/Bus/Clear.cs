using Npgsql;

namespace CoatLine.Bench.Bus;

/// <summary>Empties a ledger between runs, as only its owner can who takes the triggers away.</summary>
internal static class Clear
{
    public static async Task RunAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SET session_replication_role = replica; TRUNCATE coatline.events, coatline.line_head; "
            + "SET session_replication_role = origin",
            connection);
        await command.ExecuteNonQueryAsync();
    }
}
