import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  missingFromInterpreter,
  type InterpreterFacts,
} from '../../../src/server/interpreterProbe';

const python = ['/shop/.venv/bin/python'];
const facts: InterpreterFacts = {
  version: [3, 13],
  packages: new Set(['django', 'uvicorn']),
  flask: undefined,
  takesProfiler: true,
};

function missing(change: Partial<InterpreterFacts>, needed: 'django' | 'flask' | 'uvicorn') {
  return missingFromInterpreter({ ...facts, ...change }, needed, python);
}

describe('missingFromInterpreter', () => {
  it('finds nothing where the package is there and the profiler was taken in', () => {
    assert.equal(missing({}, 'django'), undefined);
    assert.equal(missing({ version: [3, 8] }, 'uvicorn'), undefined);
    assert.equal(missing({ version: [4, 0] }, 'django'), undefined);
  });

  it('names a Python that is too old before anything else', () => {
    for (const version of [
      [3, 7],
      [2, 7],
    ] as const) {
      const failure = missing({ version, packages: new Set(), takesProfiler: false }, 'flask');
      assert.equal(failure?.kind, 'pythonTooOld');
    }
    assert.equal(
      missing({ version: [3, 7] }, 'flask')?.message,
      "Python 3.7 is too old for Hotline's profiler, which needs 3.8 or later: select another interpreter, or profile a Django project by django-extensions with hotline.server.profiler.",
    );
  });

  it('names the package that serves the application', () => {
    assert.equal(missing({}, 'flask')?.details.distribution, 'flask');
    assert.equal(missing({ packages: new Set() }, 'django')?.kind, 'djangoMissing');
  });

  it('says that the profiler is kept out', () => {
    assert.equal(
      missing({ takesProfiler: false }, 'django')?.message,
      'Requests leave no profiles: /shop/.venv/bin/python does not run the profiler, which comes by PYTHONPATH and sitecustomize.',
    );
  });
});
