"""Modules that tell of their lines, for interpreters without `sys.monitoring` (before 3.12).

Every function gets probes into its abstract syntax tree:

    def view(request):
        if __hotline_0_start__: __hotline_0_start__[0]()
        try:
            if __hotline_0_run_0__:
                if __hotline_0_2__: __hotline_0_2__[0]()
                shop = Shop()
                if __hotline_0_3__: __hotline_0_3__[0]()
                return shop.front(request)
            else:
                shop = Shop()
                return shop.front(request)
        finally:
            if __hotline_0_end__: __hotline_0_end__[0]()

The names are globals of the module. Each is a gate: a list that holds what to call while the probe
is on and is empty while it is off. A run of statements is as the user wrote it while all of its
probes are off. Loops look their gates up before they begin, for a local variable costs next to
nothing. Every probe stands on the line that it tells of, so that tracebacks, debuggers and coverage
show the user's own lines.
"""

from __future__ import annotations

import ast
import copy
from types import CodeType
from typing import Dict, List, Optional, Union

from .names import END, START, Names
from .probes import ModuleProbes

_Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_WITH = (ast.With, ast.AsyncWith)
_DECLARATIONS = (ast.Global, ast.Nonlocal)

#: What a function cannot have twice, or had better not.
_NOT_TWICE = (*_LOOPS, *_FUNCTIONS, *_DECLARATIONS, ast.ClassDef)

#: What the module calls before anything else.
_ATTACH = '__hotline_attach__'


def compile_module(source: bytes, path: str) -> Optional[CodeType]:
    """Compiles a module with probes; `None` where Python's own way is the right one.

    That is where there is no function in it, and where it cannot be compiled, so that the error is
    Python's own.
    """
    try:
        tree = ast.parse(source, path)
        module = _Module()
        module.rewrite(tree)
        if not module.functions:
            return None
        probes = ModuleProbes(path, module.names)
        _attach(tree, probes.token)
        code = compile(tree, path, 'exec', dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None
    probes.match(code, module.functions)
    return code


class _Module:
    """The functions of a module, to be rewritten."""

    def __init__(self) -> None:
        self.functions: List[_Function] = []
        #: The names in each of the functions.
        self.names: List[Names] = []

    def rewrite(self, tree: ast.AST) -> None:
        self.functions = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
        for index, function in enumerate(self.functions):
            self.names.append(_FunctionProbes(index, function).insert())


class _FunctionProbes:
    """Puts the probes of one function in their places."""

    def __init__(self, index: int, function: _Function) -> None:
        self._prefix = '__hotline_%d_' % index
        self._function = function
        self._names = Names()
        #: The statements that are probes, and their names.
        self._probes: Dict[ast.stmt, str] = {}
        #: Whether runs of statements have gates of their own.
        self._split = True
        #: Inside of a loop: gate -> its local variable.
        self._locals: Optional[Dict[str, str]] = None

    def insert(self) -> Names:
        function = self._function
        body = function.body
        documented = 1 if ast.get_docstring(function, clean=False) is not None else 0
        if len(body) == documented:
            body.append(_at(ast.Pass(), body[-1]))
        documentation, body = body[:documented], body[documented:]
        if any(isinstance(node, _NOT_TWICE) for each in body for node in ast.walk(each)):
            function.body = [*documentation, *self._whole(body)]
        else:
            # One look-up a call while all is off: the function may be called in a loop.
            plain = copy.deepcopy(body)
            self._split = False
            choice = ast.If(self._gate(self._prefix + 'all__'), self._whole(body), plain)
            self._names.runs[self._prefix + 'all__'] = list(self._names.lines)
            function.body = [*documentation, _at(choice, body[0])]
        return self._names

    def _whole(self, body: List[ast.stmt]) -> List[ast.stmt]:
        """The body with all probes."""
        rewritten = ast.Try(
            body=self._block(body, None),
            handlers=[],
            orelse=[],
            finalbody=[self._probe('end', END, body[-1])],
        )
        return [self._probe('start', START, body[0]), _at(rewritten, body[0])]

    def _block(
        self,
        block: List[ast.stmt],
        loop: Optional[ast.stmt],
        owner: Optional[ast.stmt] = None,
    ) -> List[ast.stmt]:
        """A block with a probe before each statement.

        `loop` is the innermost one around it. `owner` is the statement of the block if its line is
        executed again at the block's end.
        """
        result: List[ast.stmt] = []
        run: List[ast.stmt] = []
        for statement in block:
            run.append(self._line(statement))
            if isinstance(statement, _DECLARATIONS) or _has_blocks(statement):
                result += self._run(run)
                result += self._compound(statement, loop)
                run = []
                continue
            if isinstance(statement, ast.Continue):
                run.append(self._line(loop, statement))
            run.append(statement)
        if owner is not None:
            run.append(self._line(owner))
        return result + self._run(run)

    def _compound(self, statement: ast.stmt, loop: Optional[ast.stmt]) -> List[ast.stmt]:
        if isinstance(statement, _LOOPS):
            return self._loop(statement, loop)
        if isinstance(statement, _WITH):
            statement.body = self._block(statement.body, loop, statement)
        elif not isinstance(statement, (ast.ClassDef, *_FUNCTIONS)):
            for holder in _holders(statement):
                for name in _BLOCKS:
                    if getattr(holder, name, None):
                        setattr(holder, name, self._block(getattr(holder, name), loop))
        return [statement]

    def _loop(self, statement: ast.stmt, outer: Optional[ast.stmt]) -> List[ast.stmt]:
        before = self._locals
        if before is None:
            self._locals = {}
        statement.body = self._block(statement.body, statement, statement)
        gates, self._locals = self._locals, before
        statement.orelse = self._block(statement.orelse, outer)
        if before is not None:
            return [statement]
        return [*(_look_up(gate, gates[gate], statement) for gate in gates), statement]

    def _run(self, run: List[ast.stmt]) -> List[ast.stmt]:
        """Statements and their probes, and the same statements without them."""
        names = [self._probes[each] for each in run if each in self._probes]
        if len(names) < 2 or not self._split:
            return run
        gate = '%srun_%d__' % (self._prefix, len(self._names.runs))
        self._names.runs[gate] = names
        plain = [copy.deepcopy(each) for each in run if each not in self._probes]
        choice = ast.If(self._gate(gate), run, plain or [ast.Pass()])
        return [_at(choice, run[0])]

    def _line(self, statement: ast.stmt, place: Optional[ast.stmt] = None) -> ast.stmt:
        return self._probe(str(statement.lineno), statement.lineno, place or statement)

    def _probe(self, suffix: str, line: int, place: ast.stmt) -> ast.stmt:
        name = '%s%s__' % (self._prefix, suffix)
        self._names.lines[name] = line
        call = ast.parse('gate[0]()').body[0]
        call.value.func.value = self._gate(name)
        for node in ast.walk(call):
            ast.copy_location(node, place)
        probe = ast.If(self._gate(name), [call], [])
        self._probes[probe] = name
        return _at(probe, place)

    def _gate(self, name: str) -> ast.Name:
        if self._locals is not None:
            name = self._locals.setdefault(name, '__hotline_local_' + name[len(self._prefix) :])
        return ast.Name(name, ast.Load())


def _look_up(gate: str, local: str, place: ast.stmt) -> ast.stmt:
    target = ast.Name(local, ast.Store())
    return _at(ast.Assign([target], ast.Name(gate, ast.Load())), place)


#: Fields of a statement, or of a handler or case of it, that are blocks.
_BLOCKS = ('body', 'orelse', 'finalbody')


def _has_blocks(statement: ast.stmt) -> bool:
    return hasattr(statement, 'body') or hasattr(statement, 'cases')


def _holders(statement: ast.stmt) -> List[ast.AST]:
    """What of a statement has blocks: itself, the handlers of `try` and the cases of `match`."""
    return [statement, *getattr(statement, 'handlers', ()), *getattr(statement, 'cases', ())]


def _attach(tree: ast.Module, token: int) -> None:
    """Has the module hand over its globals before anything else but what must come first."""
    source = 'from hotline.lines.probes import attach as %s; %s(%d, globals())'
    statements = ast.parse(source % (_ATTACH, _ATTACH, token)).body
    place = next(
        (
            index
            for index, statement in enumerate(tree.body)
            if not _must_come_first(statement, index)
        ),
        len(tree.body),
    )
    first = tree.body[min(place, len(tree.body) - 1)]
    tree.body[place:place] = [_at(statement, first) for statement in statements]


def _must_come_first(statement: ast.stmt, index: int) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == '__future__'
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return index == 0 and is_text and isinstance(statement.value.value, str)


def _at(node: ast.AST, place: ast.AST) -> ast.AST:
    """Gives new nodes the position of one of the user's."""
    for new in ast.walk(node):
        if 'lineno' in new._attributes and not hasattr(new, 'lineno'):
            ast.copy_location(new, place)
    return node
