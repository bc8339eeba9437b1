"""Has a compiled Jinja2 template tell of its lines.

Jinja2 (2.11 to 3.1) makes a Python module of a template; its `debug_info` tells which of its lines
come from which line of the template. Here every run of statements from one line is timed, and all
line numbers become those of the template: then stacks, too, show lines that the user has written.
"""

from __future__ import annotations

import ast
from bisect import bisect_right

#: Put into the module of a template, with names that no template can use.
_IMPORT = 'from %s import clock as __hotline_clock__, pieces as __hotline_pieces__'

#: At the beginning of a function.
_FUNCTION_BEGINS = '__hotline__ = __hotline_pieces__()'

#: Before the first of several runs, and after each.
_RUN_BEGINS = '%s = __hotline__ is not None and __hotline_clock__()'
_RUN_ENDS = """
if __hotline__ is not None:
    __hotline_now__ = __hotline_clock__()
    __hotline__ += %r, %s, __hotline_now__
    %s = __hotline_now__
"""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

#: Statements that nothing can follow.
_LEAVING = (ast.Return, ast.Break, ast.Continue, ast.Raise)

#: Functions that Jinja2 calls to know variables and macros by their names.
_NAMING = ('resolve', 'undefined', 'Macro')


def rewritten(source: str, filename: str, path: str, imported_from: str) -> ast.Module:
    """The module of a template, which adds `(path, line, number), began, ended` to its pieces.

    `source` is what Jinja2 has generated, `filename` what the code is known by, and `imported_from`
    the module with a `clock` and with `pieces`, that gives what pieces are to be added to, or
    `None`. Raises SyntaxError, ValueError or LookupError for what Jinja2 has not generated.
    """
    module = ast.parse(source, filename)
    lines = _TemplateLines(module)
    timer = _Timer(path, lines)
    for statement in module.body:
        if isinstance(statement, _FUNCTIONS):
            timer.time_function(statement)
    lines.move(module)
    _import(module, imported_from)
    return ast.fix_missing_locations(module)


class _TemplateLines:
    """From lines of the generated module to those of the template."""

    def __init__(self, module: ast.Module) -> None:
        (self._assignment,) = [
            statement
            for statement in module.body
            if isinstance(statement, ast.Assign) and statement.targets[0].id == 'debug_info'
        ]
        pairs = [pair.split('=') for pair in self._assignment.value.value.split('&') if pair]
        self._lines = [int(line) for line, _ in pairs]
        self._starts = [int(start) for _, start in pairs]

    def of(self, node: ast.AST) -> int:
        """The template's line; 1 before the first that is known, as Jinja2 has it."""
        index = bisect_right(self._starts, node.lineno)
        return self._lines[index - 1] if index else 1

    def move(self, module: ast.Module) -> None:
        """Gives all code its line in the template, and tells Jinja2 so."""
        for node in ast.walk(module):
            if hasattr(node, 'lineno'):
                node.lineno = node.end_lineno = self.of(node)
                node.col_offset = node.end_col_offset = 0
        identity = ['%d=%d' % (line, line) for line in sorted({1, *self._lines})]
        self._assignment.value = ast.Constant('&'.join(identity))


class _Timer:
    """Has runs of statements from one line timed."""

    def __init__(self, path: str, lines: _TemplateLines) -> None:
        self._path = path
        self._lines = lines
        self._bodies = 0
        self._pieces = 0
        #: Line of `{% extends %}`, whose template is rendered by the last statement.
        self._extends: int | None = None

    def time_function(self, function: ast.stmt) -> None:
        """Has the body of a function timed."""
        begin = _parsed(_FUNCTION_BEGINS, function)
        function.body = begin + self._timed(function.body, None)

    def _timed(self, statements: list[ast.stmt], around: int | None) -> list[ast.stmt]:
        """A body with its runs timed, but for those from the line `around` it, which is timed."""
        self._bodies += 1
        since = '__hotline_since_%d__' % self._bodies
        result: list[ast.stmt] = []
        is_clock_read = False
        for line, run in self._runs(statements, around):
            if line in (None, around) or all(map(_is_preparation, run)):
                is_clock_read = False
                result += run
                continue
            if not is_clock_read:
                result += _parsed(_RUN_BEGINS % since, run[0])
            self._pieces += 1
            piece = self._path, line, self._pieces
            result += run + _parsed(_RUN_ENDS % (piece, since, since), run[-1])
            is_clock_read = True
        return result

    def _runs(self, statements: list[ast.stmt], around: int | None):
        """The lines that a body comes from, with the statements of each, which are timed inside."""
        runs: list[tuple[int | None, list[ast.stmt]]] = []
        for statement in self._by_line(statements):
            line = self._line(statement)
            self._time_inside(statement, around)
            if isinstance(statement, _LEAVING):
                runs.append((None, [statement]))
            elif runs and runs[-1][0] == line:
                runs[-1][1].append(statement)
            else:
                runs.append((line, [statement]))
        return runs

    def _time_inside(self, statement: ast.stmt, around: int | None) -> None:
        if isinstance(statement, _FUNCTIONS):
            self.time_function(statement)
            return
        inner = around if _is_preparation(statement) else self._line(statement)
        for field in ('body', 'orelse', 'finalbody'):
            if getattr(statement, field, None):
                setattr(statement, field, self._timed(getattr(statement, field), inner))
        for handler in getattr(statement, 'handlers', ()):
            handler.body = self._timed(handler.body, inner)

    def _line(self, statement: ast.stmt) -> int | None:
        if _assigns_parent(statement):
            self._extends = self._lines.of(statement)
        return self._extends if _renders_parent(statement) else self._lines.of(statement)

    def _by_line(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """The statements, those that put out several lines at once made into one for each."""
        result: list[ast.stmt] = []
        for statement in statements:
            items = _buffered(statement)
            if not items:
                result.append(statement)
                continue
            groups: list[list[ast.expr]] = []
            for item in items:
                if groups and self._lines.of(item) == self._lines.of(groups[-1][0]):
                    groups[-1].append(item)
                else:
                    groups.append([item])
            result += [_extend(statement, group) for group in groups]
        return result


def _buffered(statement: ast.stmt) -> list[ast.expr]:
    """What is put out by `t_1.append(...)` or `t_1.extend((...))`."""
    call = getattr(statement, 'value', None)
    if not isinstance(statement, ast.Expr) or not isinstance(call, ast.Call):
        return []
    function = call.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return []
    if function.attr == 'append':
        return list(call.args)
    if function.attr == 'extend' and isinstance(call.args[0], ast.Tuple):
        return list(call.args[0].elts)
    return []


def _extend(statement: ast.Expr, items: list[ast.expr]) -> ast.Expr:
    buffer = ast.Name(statement.value.func.value.id, ast.Load())
    function = ast.Attribute(buffer, 'extend', ast.Load())
    call = ast.Call(function, [ast.Tuple(items, ast.Load())], [])
    result = ast.copy_location(ast.Expr(call), items[0])
    return ast.fix_missing_locations(result)


def _is_preparation(statement: ast.stmt) -> bool:
    """Whether a statement takes no time worth telling, or is none of the template's own."""
    if isinstance(statement, (*_FUNCTIONS, *_LEAVING, ast.Pass)):
        return True
    if isinstance(statement, ast.If):
        return _is_jinjas_own(statement.test)
    if isinstance(statement, ast.Try):
        return all(map(_is_preparation, statement.body))
    if isinstance(statement, (ast.Assign, ast.Expr)):
        return not any(map(_takes_time, ast.walk(statement.value)))
    return False


def _is_jinjas_own(test: ast.expr) -> bool:
    """Whether a condition is not one of `{% if %}`: an iteration happened, a parent is known."""
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    if isinstance(test, ast.Name):
        return test.id.startswith('t_')
    is_comparison = isinstance(test, ast.Compare)
    return not names or 'parent_template' in names or (is_comparison and 'missing' in names)


def _takes_time(node: ast.AST) -> bool:
    if isinstance(node, (ast.YieldFrom, ast.Await)):
        return True
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Name):
        return function.id not in _NAMING
    if getattr(getattr(function, 'value', None), 'attr', None) == 'exported_vars':
        return False
    # Text is put into a buffer.
    return getattr(function, 'attr', None) != 'extend' or not isinstance(node.args[0], ast.Tuple)


def _assigns_parent(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Call)
        and any(getattr(target, 'id', None) == 'parent_template' for target in statement.targets)
    )


def _renders_parent(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.If, *_FUNCTIONS)):
        return False
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == 'root_render_func'
        and getattr(node.value, 'id', None) == 'parent_template'
        for node in ast.walk(statement)
    )


def _parsed(text: str, place: ast.stmt) -> list[ast.stmt]:
    """Statements as if written where another one is."""
    statements = ast.parse(text).body
    for statement in statements:
        for node in ast.walk(statement):
            if hasattr(node, 'lineno'):
                node.lineno = node.end_lineno = place.lineno
    return statements


def _import(module: ast.Module, imported_from: str) -> None:
    """Puts the import behind those that have to be the first."""
    first = 0
    while getattr(module.body[first], 'module', None) == '__future__':
        first += 1
    module.body[first:first] = ast.parse(_IMPORT % imported_from).body
