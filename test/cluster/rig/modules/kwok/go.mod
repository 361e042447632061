// Written by test/cluster/rig/build/pin.ts from sigs.k8s.io/kwok v0.8.0; do not edit.
module spillway.test/rig/kwok
go 1.26.0
require sigs.k8s.io/kwok v0.8.0
