import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applicationObject } from '../../../src/server/applicationObject';

/** `kind object` or `kind object()` for a factory. */
function read(text: string): string | undefined {
  const found = applicationObject(text);
  return found && `${found.kind} ${found.object}${found.isFactory ? '()' : ''}`;
}

describe('applicationObject', () => {
  const modules: readonly (readonly [what: string, text: string, expected: string | undefined])[] =
    [
      ['an application', 'app = Flask(__name__)\n', 'flask app'],
      ['one by the name of its module', 'server = fastapi.FastAPI(title="x")\n', 'asgi server'],
      ['one with a type', 'application: Starlette = Starlette(\n', 'asgi application'],
      ['the usual name of several', 'admin = FastAPI()\napp = FastAPI()\n', 'asgi app'],
      [
        'a factory',
        'import flask\ndef make_app():\n    app = flask.Flask(__name__)\n    return app\n',
        'flask make_app()',
      ],
      [
        'what a factory elsewhere makes',
        'from fastapi import Request\nfrom shop import create_app\napp = create_app()\n',
        'asgi app',
      ],
      ['a class of the same name', 'class Flask(Bottle):\n    pass\n', undefined],
      [
        'one within a function that is no factory',
        'def test():\n    app = Flask("x")\n',
        undefined,
      ],
      ['a factory of something unknown', 'def create_app():\n    return App()\n', undefined],
      ['a comment', '# app = Flask(__name__)\n', undefined],
      ['Windows line ends', 'import x\r\napp = FastAPI()\r\n', 'asgi app'],
    ];
  for (const [what, text, expected] of modules) {
    it(`reads ${what}`, () => {
      assert.equal(read(text), expected);
    });
  }
});
