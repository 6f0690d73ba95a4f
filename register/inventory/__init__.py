"""What this project is made of: the packages that build the site, and the scripts and styles that go out to browsers.

locks  reads the lock files that 'make lock' writes
sbom   writes both as a software bill of materials (CycloneDX)
"""
