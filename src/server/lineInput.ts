/** What a key press does: what the terminal shows and what the program is given. */
export interface Typed {
  readonly echo: string;
  /** Whole lines for the program's standard input. */
  readonly lines: string;
  /** Ctrl+C was pressed. */
  readonly interrupted: boolean;
}

/**
 * The line discipline that a program without a terminal of its own lacks: typed text is shown,
 * Backspace takes back, Enter sends. A debugger at its prompt needs no more.
 */
export class LineInput {
  #line = '';

  /** Takes what the terminal sends for one key or one paste. */
  type(data: string): Typed {
    let echo = '';
    let lines = '';
    // Arrows and function keys begin with an escape; there is no history to move in.
    if (data.startsWith('\u001b')) return { echo, lines, interrupted: false };
    for (const character of data) {
      if (character === '\u0003') {
        this.#line = '';
        return { echo: `${echo}^C\r\n`, lines, interrupted: true };
      }
      if (character === '\r' || character === '\n') {
        lines += `${this.#line}\n`;
        this.#line = '';
        echo += '\r\n';
      } else if (character === '\u007f') {
        echo += this.#takeBack();
      } else if (character >= ' ') {
        this.#line += character;
        echo += character;
      }
    }
    return { echo, lines, interrupted: false };
  }

  #takeBack(): string {
    if (this.#line === '') return '';
    this.#line = Array.from(this.#line).slice(0, -1).join('');
    return '\b \b';
  }
}
