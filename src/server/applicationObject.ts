/** How a Python module offers a web application. */
export interface ApplicationObject {
  readonly kind: 'flask' | 'asgi';
  /** The name of the application, or of the function that makes it. */
  readonly object: string;
  readonly isFactory: boolean;
}

/** The classes that applications are made of, and what serves them. */
const classes: Readonly<Record<string, ApplicationObject['kind']>> = {
  Flask: 'flask',
  APIFlask: 'flask',
  FastAPI: 'asgi',
  Starlette: 'asgi',
  Litestar: 'asgi',
  Quart: 'asgi',
};

const classNames = Object.keys(classes).join('|');

/** `app = Flask(`, `application: FastAPI = fastapi.FastAPI(` at the left margin. */
const assignment = new RegExp(
  String.raw`^(\w+)(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*(?:\w+\.)*(${classNames})\(`,
  'gm',
);

/** `def create_app(`; the names are Flask's. */
const factory = /^def ((?:create|make)_app)\(/m;

/** `app = create_app()`, the application that a factory of another module makes. */
const madeElsewhere = /^(app|application)[ \t]*=[ \t]*(?:\w+\.)*(?:create|make)_\w*\(/m;

/** A source file that is longer is generated, or no source. */
const maximumLength = 1_000_000;

/**
 * The web application of a module by its text: an object of the module, preferably with the name
 * that the frameworks look for, or else the function that makes it.
 */
export function applicationObject(text: string): ApplicationObject | undefined {
  if (text.length > maximumLength) return undefined;
  const objects = [...text.matchAll(assignment)].map(([, object = '', className = '']) => ({
    object,
    kind: classes[className] ?? 'asgi',
    isFactory: false,
  }));
  const named = objects.find(({ object }) => object === 'app' || object === 'application');
  return named ?? objects[0] ?? madeByFactory(text);
}

function madeByFactory(text: string): ApplicationObject | undefined {
  const kind = mentionedKind(text);
  if (!kind) return undefined;
  const made = madeElsewhere.exec(text)?.[1];
  if (made !== undefined) return { kind, object: made, isFactory: false };
  const name = factory.exec(text)?.[1];
  return name === undefined ? undefined : { kind, object: name, isFactory: true };
}

/** By a call of the class, as a factory makes it, or by an import of the framework. */
function mentionedKind(text: string): ApplicationObject['kind'] | undefined {
  const called = new RegExp(String.raw`\b(${classNames})\(`).exec(text)?.[1];
  if (called !== undefined) return classes[called];
  const imported = /^(?:from|import) (flask|fastapi|starlette|litestar|quart)\b/m.exec(text)?.[1];
  return imported === undefined ? undefined : imported === 'flask' ? 'flask' : 'asgi';
}
