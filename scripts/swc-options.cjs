/** How TypeScript is compiled to CommonJS. The build and Jest share it, so that tests run what is shipped. */
module.exports = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  module: { type: "commonjs" },
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
    // Class names are used as names in the database and in the API.
    keepClassNames: true,
  },
};
