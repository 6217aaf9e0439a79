package org.javix.tests;

import java.util.Arrays;

/**
 * What an xterm shows: as much of one as shells, editors and pagers use. Colours and other attributes are left out, and
 * so is what has scrolled away. Thread-safe.
 */
final class TerminalScreen {
    private static final String EMPTY = " ";
    /** Stands behind a character that takes two columns. */
    private static final String COVERED = "";

    // All guarded by this.
    private final EscapeParser parser = new EscapeParser(this);
    private String[][] cells;
    private String[][] shell; // what the alternate screen covers, or null
    private int rows;
    private int columns;
    private int row;
    private int column;
    private int top;
    private int bottom;
    private int savedRow;
    private int savedColumn;
    private boolean wrapNext; // a character stands in the last column; the next one begins a line

    TerminalScreen(int rows, int columns) {
        cells = new String[0][];
        setSize(rows, columns);
    }

    // ---- for whoever looks ----

    /** The lines, without blanks at their ends and without empty lines at the end; one newline after each. */
    synchronized String text() {
        StringBuilder text = new StringBuilder();
        for (String[] line : cells) {
            text.append(String.join("", line).stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    /** Changes the size as terminals do: what does not fit is lost below and at the right. */
    synchronized void setSize(int rows, int columns) {
        String[][] old = cells;
        this.rows = rows;
        this.columns = columns;
        cells = new String[rows][];
        int lost = Math.max(0, row - rows + 1);
        for (int i = 0; i < rows; i++) {
            cells[i] = blank();
            if (i + lost < old.length) {
                System.arraycopy(old[i + lost], 0, cells[i], 0, Math.min(columns, old[i + lost].length));
            }
        }
        row -= lost;
        column = Math.min(column, columns - 1);
        top = 0;
        bottom = rows - 1;
        wrapNext = false;
    }

    synchronized void show(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            parser.accept(bytes[i] & 0xff);
        }
    }

    // ---- for the parser, which holds the lock ----

    void print(int character) {
        String text = Character.toString(character);
        int width = width(character);
        if (width == 0) {
            int before = wrapNext ? column : Math.max(0, column - 1);
            cells[row][before] += text;
            return;
        }
        if (wrapNext || column + width > columns) {
            column = 0;
            lineFeed();
        }
        cells[row][column] = text;
        if (width == 2) {
            cells[row][column + 1] = COVERED;
        }
        column += width;
        wrapNext = column >= columns;
        column = Math.min(column, columns - 1);
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = character >= 0x1100 && character <= 0x115f
                || character >= 0x2e80 && character <= 0xa4cf
                || character >= 0xac00 && character <= 0xd7a3
                || character >= 0xff00 && character <= 0xff60
                || character >= 0x1f300 && character <= 0x1faff;
        return wide ? 2 : 1;
    }

    void control(int character) {
        switch (character) {
            case '\b' -> moveTo(row, column - 1);
            case '\t' -> moveTo(row, (column / 8 + 1) * 8);
            case '\n', 0x0b, '\f' -> lineFeed();
            case '\r' -> moveTo(row, 0);
            default -> { }
        }
    }

    /** ESC and one more. */
    void escape(int last) {
        switch (last) {
            case '7' -> saveCursor();
            case '8' -> moveTo(savedRow, savedColumn);
            case 'D' -> lineFeed();
            case 'E' -> {
                column = 0;
                lineFeed();
            }
            case 'M' -> reverseLineFeed();
            case 'c' -> {
                clear(0, rows);
                moveTo(0, 0);
            }
            default -> { }
        }
    }

    /** A control sequence: its number {@code i} is {@code n[i]}, or -1. */
    void sequence(boolean priv, int[] n, int last) {
        int count = Math.max(1, n[0]);
        switch (last) {
            case 'A' -> moveTo(Math.max(row - count, row >= top ? top : 0), column);
            case 'B', 'e' -> moveTo(Math.min(row + count, row <= bottom ? bottom : rows - 1), column);
            case 'C', 'a' -> moveTo(row, column + count);
            case 'D' -> moveTo(row, column - count);
            case 'E' -> moveTo(row + count, 0);
            case 'F' -> moveTo(row - count, 0);
            case 'G', '`' -> moveTo(row, count - 1);
            case 'd' -> moveTo(count - 1, column);
            case 'H', 'f' -> moveTo(count - 1, Math.max(1, n[1]) - 1);
            case 'J' -> eraseDisplay(Math.max(0, n[0]));
            case 'K' -> eraseLine(Math.max(0, n[0]));
            case 'L' -> insertLines(count);
            case 'M' -> deleteLines(count);
            case '@' -> insertBlanks(count);
            case 'P' -> deleteCharacters(count);
            case 'X' -> Arrays.fill(cells[row], column, Math.min(columns, column + count), EMPTY);
            case 'S' -> scroll(top, count);
            case 'T' -> scroll(top, -count);
            case 'b' -> repeat(count);
            case 'r' -> setMargins(n);
            case 's' -> saveCursor();
            case 'u' -> moveTo(savedRow, savedColumn);
            case 'h', 'l' -> setMode(priv, n[0], last == 'h');
            default -> { }
        }
    }

    private void setMode(boolean priv, int mode, boolean on) {
        if (!priv || mode != 1049 && mode != 1047 && mode != 47) {
            return;
        }
        if (on && shell == null) {
            saveCursor();
            shell = cells;
            cells = new String[rows][];
            clear(0, rows);
        } else if (!on && shell != null) {
            cells = shell;
            shell = null;
            setSize(rows, columns);
            moveTo(savedRow, savedColumn);
        }
    }

    private void setMargins(int[] n) {
        top = Math.max(1, n[0]) - 1;
        bottom = n[1] <= 0 ? rows - 1 : Math.min(rows, n[1]) - 1;
        moveTo(0, 0);
    }

    private void saveCursor() {
        savedRow = row;
        savedColumn = column;
    }

    private void moveTo(int newRow, int newColumn) {
        row = Math.clamp(newRow, 0, rows - 1);
        column = Math.clamp(newColumn, 0, columns - 1);
        wrapNext = false;
    }

    private void lineFeed() {
        if (row == bottom) {
            scroll(top, 1);
        } else if (row < rows - 1) {
            row++;
        }
        wrapNext = false;
    }

    private void reverseLineFeed() {
        if (row == top) {
            scroll(top, -1);
        } else if (row > 0) {
            row--;
        }
        wrapNext = false;
    }

    /** Moves the lines from one on to the lower margin up, or down if the count is negative. */
    private void scroll(int from, int count) {
        int height = bottom - from + 1;
        for (int i = 0; i < Math.min(Math.abs(count), height); i++) {
            if (count > 0) {
                System.arraycopy(cells, from + 1, cells, from, height - 1);
                cells[bottom] = blank();
            } else {
                System.arraycopy(cells, from, cells, from + 1, height - 1);
                cells[from] = blank();
            }
        }
    }

    private void insertLines(int count) {
        if (row >= top && row <= bottom) {
            scroll(row, -count);
        }
    }

    private void deleteLines(int count) {
        if (row >= top && row <= bottom) {
            scroll(row, count);
        }
    }

    private void insertBlanks(int count) {
        int moved = Math.max(0, columns - column - count);
        System.arraycopy(cells[row], column, cells[row], columns - moved, moved);
        Arrays.fill(cells[row], column, columns - moved, EMPTY);
    }

    private void deleteCharacters(int count) {
        int moved = Math.max(0, columns - column - count);
        System.arraycopy(cells[row], columns - moved, cells[row], column, moved);
        Arrays.fill(cells[row], column + moved, columns, EMPTY);
    }

    private void repeat(int count) {
        String last = column > 0 ? cells[row][column - 1] : EMPTY;
        for (int i = 0; i < count && !last.isEmpty(); i++) {
            print(last.codePointAt(0));
        }
    }

    private void eraseDisplay(int which) {
        eraseLine(which);
        if (which == 0) {
            clear(row + 1, rows);
        } else {
            clear(0, which == 1 ? row : rows);
        }
    }

    private void eraseLine(int which) {
        switch (which) {
            case 0 -> Arrays.fill(cells[row], column, columns, EMPTY);
            case 1 -> Arrays.fill(cells[row], 0, column + 1, EMPTY);
            default -> Arrays.fill(cells[row], EMPTY);
        }
    }

    private void clear(int from, int to) {
        for (int i = from; i < to; i++) {
            cells[i] = blank();
        }
    }

    private String[] blank() {
        String[] line = new String[columns];
        Arrays.fill(line, EMPTY);
        return line;
    }
}
