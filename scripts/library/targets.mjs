// The platforms that get a package of their own, and what each package can run.

/**
 * `native`: the folder of ONNX Runtime's binary; without one (musl, Intel Macs) the WebAssembly build runs everything.
 */
export const targets = {
  'linux-x64': { native: 'linux/x64', graphics: ['webgpu'] },
  'linux-arm64': { native: 'linux/arm64', graphics: [] },
  'alpine-x64': { graphics: [] },
  'alpine-arm64': { graphics: [] },
  'darwin-arm64': { native: 'darwin/arm64', graphics: ['webgpu', 'coreml'] },
  'darwin-x64': { graphics: [] },
  // The libraries that graphics cards need here (leftOut) stay out of the package.
  'win32-x64': { native: 'win32/x64', graphics: [] },
  'win32-arm64': { native: 'win32/arm64', graphics: [] },
};

/**
 * Libraries of DirectML and the DirectX compiler, which serve the dml and webgpu devices of Windows only: they are
 * large, and bring nothing to a small model.
 */
export const leftOut = [
  /^DirectML\.dll$/,
  /^dxcompiler\.dll$/,
  /^dxil\.dll$/,
  /^libonnxruntime\.\d+\.\d+\.\d+\.dylib$/,
];

/** The values of the setting `device` that the package of a target can run. */
export function devicesOf(target) {
  const { native, graphics } = targets[target];
  return ['auto', ...(native ? ['cpu'] : []), ...graphics, 'wasm'];
}
