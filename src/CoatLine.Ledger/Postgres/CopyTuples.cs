using System.Buffers.Binary;

namespace CoatLine.Ledger.Postgres;

/// <summary>Reads the binary format of COPY: a header, then per row the number of columns and each with its length.
/// </summary>
internal sealed class CopyTuples(Stream stream, int bufferBytes)
{
    /// <summary>Signature (11), flags (4), length of the extension (4).</summary>
    private const int HeaderBytes = 19;

    private byte[] _buffer = new byte[bufferBytes];
    private int _begin;
    private int _end;
    private int _rowBegin;
    private int _rowEnd;
    private bool _isPastHeader;

    /// <summary>The row that was read last; the ranges count in it.</summary>
    public ReadOnlySpan<byte> Row => _buffer.AsSpan(_rowBegin, _rowEnd - _rowBegin);

    /// <summary>Reads a row; false at the end.</summary>
    /// <param name="columns">Gets where in <see cref="Row"/> each column stands.</param>
    /// <exception cref="InvalidDataException">The stream is not what it should be.</exception>
    public bool Read(Span<Range> columns)
    {
        if (!_isPastHeader)
        {
            Need(HeaderBytes);
            _begin += HeaderBytes;
            _isPastHeader = true;
        }

        Need(sizeof(short));
        short count = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_begin));
        if (count == -1)
        {
            return false;
        }

        if (count != columns.Length)
        {
            throw new InvalidDataException($"the database gives {count} columns instead of {columns.Length}");
        }

        int offset = sizeof(short);
        for (int i = 0; i < columns.Length; i++)
        {
            Need(offset + sizeof(int));
            int length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_begin + offset));
            offset += sizeof(int);
            if (length < 0)
            {
                throw new InvalidDataException("the database gives a NULL");
            }

            Need(offset + length);
            columns[i] = new Range(offset, offset + length);
            offset += length;
        }

        (_rowBegin, _rowEnd) = (_begin, _begin + offset);
        _begin += offset;
        return true;
    }

    /// <summary>Sees that so many bytes from the begin on are there.</summary>
    private void Need(int bytes)
    {
        if (_end - _begin >= bytes)
        {
            return;
        }

        if (_buffer.Length < bytes)
        {
            byte[] larger = new byte[2 * bytes];
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        }

        (_begin, _end) = (0, _end - _begin);
        while (_end < bytes)
        {
            int read = stream.Read(_buffer.AsSpan(_end));
            if (read == 0)
            {
                throw new InvalidDataException("the database's stream ends within a row");
            }

            _end += read;
        }
    }
}
